/** What we use of it. */

export interface Options {
  seed?: number;
  stroke?: string;
  strokeWidth?: number;
  roughness?: number;
  bowing?: number;
  fill?: string;
  fillStyle?: "hachure" | "solid";
  fillWeight?: number;
  hachureAngle?: number;
  hachureGap?: number;
}

export type Point = [x: number, y: number];

/** A shape that is worked out, and not drawn yet. */
export interface Drawable {
  readonly shape: string;
}

interface Generator {
  line(x1: number, y1: number, x2: number, y2: number, options?: Options): Drawable;
  rectangle(x: number, y: number, width: number, height: number, options?: Options): Drawable;
  polygon(points: Point[], options?: Options): Drawable;
  path(d: string, options?: Options): Drawable;
}

declare const rough: {
  generator(): Generator;
  svg(svg: SVGSVGElement): { draw(drawable: Drawable): SVGGElement };
};

export default rough;
