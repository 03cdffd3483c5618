/** The edge's own header: a method that Next does not know. Routes refuse it, each in its API's shape. */
export const ASKED_METHOD = "x-asked-method";
