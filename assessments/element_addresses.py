"""Where the refs in a text of one assessment lead: the element's page in that assessment."""

from assessments.models import Assessment
from assessments.standard_tree import shared_tree
from assessments.tree import Kind

SUB_ELEMENT_DOTS = 3


class ElementAddresses:
    """Asked like a dict: a ref's page, None for a ref that the assessment doesn't have.

    The standard's own elements cost no query; the first ref of a sub-element costs one.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._sub_elements: frozenset[str] | None = None

    def get(self, ref: str, /) -> str | None:
        return self.assessment.url_of(ref) if self._is_there(ref) else None

    def _is_there(self, ref: str) -> bool:
        if ref.count(".") == SUB_ELEMENT_DOTS:
            return ref in self._tracked()
        node = shared_tree(self.assessment.certification.standard).by_ref.get(ref)
        return bool(node and node.kind is Kind.ELEMENT)

    def _tracked(self) -> frozenset[str]:
        if self._sub_elements is None:
            own = self.assessment.results.exclude(node__organisation=None)
            self._sub_elements = frozenset(own.values_list("node__ref", flat=True))
        return self._sub_elements
