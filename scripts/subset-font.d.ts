// subset-font ships no types; these are the parts that subset-fonts.ts uses.
declare module 'subset-font' {
  type Axis = number | { min?: number; max?: number; default?: number };

  interface SubsetOptions {
    readonly targetFormat?: 'sfnt' | 'woff' | 'woff2';
    readonly variationAxes?: Readonly<Record<string, Axis>>;
    readonly keepFeatures?: string[];
    readonly noHinting?: boolean;
  }

  const subsetFont: (
    font: Uint8Array,
    text: string,
    options?: SubsetOptions,
  ) => Promise<Buffer>;
  // biome-ignore lint/style/noDefaultExport: the package exports it so.
  export default subsetFont;
}
