/** A decoded picture: red, green and blue bytes, pixel by pixel, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** `width · height · 3` bytes. */
  readonly data: Uint8Array;
}

/** What is done to a picture while it is decoded: a part of it, scaled. */
export interface PictureChange {
  readonly regionOf: (size: { readonly width: number; readonly height: number }) => {
    readonly top: number;
    readonly left: number;
    readonly height: number;
    readonly width: number;
  };
  readonly height: number;
  readonly width: number;
}
