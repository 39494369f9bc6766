/** One block of code of a Markdown page. */
export interface Block {
  /** The heading under which it stands. */
  readonly heading: string;
  /** `sh`, `ts`, `json` … */
  readonly language: string;
  readonly text: string;
}

/** The blocks of code of a Markdown page, in their order; a block within a list loses its indentation. */
export function blocksOf(markdown: string): readonly Block[] {
  const found = markdown.matchAll(/^#+ (?<heading>.+)$|^(?<indent> *)```(?<language>\w+)\n(?<text>[\s\S]*?)^ *```$/gm);
  let heading = '';
  return [...found].flatMap(({ groups = {} }) => {
    heading = groups['heading'] ?? heading;
    const { language, text, indent = '' } = groups;
    if (language === undefined || text === undefined) return [];
    return [{ heading, language, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }];
  });
}
