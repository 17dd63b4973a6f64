/** Lists what is less readable than WCAG 2.2 AA asks for (1.4.3: 4.5, large text 3), as `ratio text`; to be run in a page. */
export const TOO_FAINT = `(() => {
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  function behind(element) {
    for (let it = element; it; it = it.parentElement) {
      const [r, g, b, alpha = 1] = numbers(getComputedStyle(it).backgroundColor);
      if (alpha === 1) return [r, g, b];
      if (alpha !== 0) throw new Error("A background that is half transparent: " + it.className);
    }
    return [255, 255, 255];
  }
  const found = [];
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (text === "" || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest(":disabled, option, [aria-disabled=true], script, style")) continue;
    looked += 1;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const [light, dark] = [luminance(numbers(color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const pixels = Number.parseFloat(fontSize);
    const isLarge = pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(ratio.toFixed(2) + " " + text.slice(0, 60));
  }
  return { looked, found };
})()`;
