// A region is a stop of the Tab key only while it has something to scroll. A tall one that is wide
// enough for its table lets the page scroll instead, and the headings stay at the page's top. One
// that is cut off is marked, and says so.
export default function scrollRegion(region) {
  const update = () => {
    const isCut = region.scrollWidth > region.clientWidth;
    region.classList.toggle("cse-scroll--fits", !isCut);
    region.classList.toggle("cse-scroll--cut", isCut);
    const overflows = isCut || region.scrollHeight > region.clientHeight;
    if (overflows) region.setAttribute("tabindex", "0");
    else region.removeAttribute("tabindex");
  };
  const observer = new ResizeObserver(update);
  observer.observe(region);
  // What is inside grows on its own, as when the font arrives.
  for (const child of region.children) observer.observe(child);
}
