/** A text as Terraform must read it to give it back unchanged: its `${` and `%{` are no templates of ours. */
export function verbatim(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
