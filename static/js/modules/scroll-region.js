// A region is a stop of the Tab key only while it has something to scroll.
export default function scrollRegion(region) {
  const update = () => {
    const overflows = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    if (overflows) region.setAttribute("tabindex", "0");
    else region.removeAttribute("tabindex");
  };
  const observer = new ResizeObserver(update);
  observer.observe(region);
  // What is inside grows on its own, as when the font arrives.
  for (const child of region.children) observer.observe(child);
}
