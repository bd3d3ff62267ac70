/** What a cell's variables are properties of: the same object for all cells. */
export const scopeName = '__scope__';

/** Through which a cell reaches its kernel: see `CellContext`. */
export const contextName = '__cell__';
