/** The picture's own rules: a style sheet made by script, for the page's policy lets no markup carry one. */
import { styleOf } from '@moult/picture';

let adopted = false;
export function adoptPictureStyle(): void {
  if (adopted) return;
  adopted = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styleOf(null));
  document.adoptedStyleSheets.push(sheet);
}
