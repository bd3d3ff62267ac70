/** A decoded picture: red, green and blue bytes, pixel by pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
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
