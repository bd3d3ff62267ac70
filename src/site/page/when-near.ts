/**
 * Waits for the reader to come near to an element.
 *
 * @param screens how many screens away that is
 * @param act called once for each element that is observed
 */
export function whenNear(screens: number, act: (element: Element) => void): IntersectionObserver {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        act(target);
      }
    },
    { rootMargin: `${100 * screens}% 0px` },
  );
  return observer;
}
