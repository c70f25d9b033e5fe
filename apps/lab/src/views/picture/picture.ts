/** The picture of the stack and the heap. */
import type { PictureData } from '../../model/picture.ts';
import type { View } from '../view.ts';

export const pictureView: View<PictureData> = {
  id: 'picture',
  title: 'Picture',
  mount(rooms, data) {
    const update = ({ svg }: PictureData): void => {
      rooms.stage.innerHTML = svg;
    };
    update(data);
    return { update, hover: () => {}, destroy: () => rooms.stage.replaceChildren() };
  },
};
