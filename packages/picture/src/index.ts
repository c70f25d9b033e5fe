// PICTURES: a moment as cards and arrows, laid out without measuring, drawn as SVG text. The page and the command line draw alike.
export { bytesText, ticksOf } from './chart/scale.ts';
export { type ChartOptions, type Mark, type TimeChart, timeChart } from './chart/timeChart.ts';
export { sceneId, sceneOf, type SceneOptions } from './fromMemory.ts';
export { type Arrow, type Box, type Layout, layoutOf, type Placed, rowMiddle } from './layout.ts';
export { type Actor, placesOf } from './place/places.ts';
export { castOf } from './place/cast.ts';
export {
  type MomentOptions,
  type MomentPicture,
  type PicturesOptions,
  RunPictures,
} from './run/pictures.ts';
export type { PictureRun } from './run/run.ts';
export { type Point, pathText, simplify } from './route/path.ts';
export { routesOf } from './route/routes.ts';
export type { Change, FrameCard, Ghost, ObjectCard, Row, Scene, Unreachable } from './scene.ts';
export { escapeText } from './svg/markup.ts';
export {
  type PicturePart,
  type PictureParts,
  pictureParts,
  picture,
  pictureDefinitions,
  type PictureOptions,
} from './svg/picture.ts';
export { styleOf, type Theme } from './svg/theme.ts';
