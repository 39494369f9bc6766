/** Any text as part of an id in Terraform, where letters, digits and underscores may stand; different texts stay so. */
export function logicalId(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
