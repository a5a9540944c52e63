import json

import numpy as np
import pytest

from hrs_ros.data.people_annotations import (
    Keypoint,
    box_image,
    polygon_mask,
    rasterize,
    read_photos,
)


def listing(**person):
    return {
        "keypoint_order": ["nose", "left_wrist"],
        "images": [
            {
                "id": 7,
                "file": "images/7.jpg",
                "width": 20,
                "height": 10,
                "license": "CC BY 2.0",
                "flickr_url": "http://example.org/7",
                "person_masks_complete": True,
                "objects_complete": False,
                "persons": [{"bbox": [1, 2, 3, 4], "iscrowd": 0, **person}],
                "objects": [{"bbox": [5, 5, 2, 2], "category": "cup"}],
                "vcoco": [
                    {
                        "person_box": [1, 2, 3, 4],
                        "object_box": [5, 5, 2, 2],
                        "action": "hold",
                        "role": "obj",
                        "object": "cup",
                    }
                ],
            }
        ],
    }


def write(folder, data):
    (folder / "annotations.json").write_text(json.dumps(data))
    return folder


def test_reads_every_field(tmp_path):
    (photo,) = read_photos(
        write(
            tmp_path,
            listing(segmentation=[[1, 2, 4, 2, 4, 6, 1, 6], [0, 0, 1, 1]], keypoints=[0, 0, 0, 3, 4, 2]),
        )
    )
    assert (photo.id, photo.path, photo.width, photo.height) == (7, tmp_path / "images/7.jpg", 20, 10)
    assert photo.person_masks_complete and not photo.objects_complete
    (person,) = photo.persons
    assert person.polygons == (
        (1.0, 2.0, 4.0, 2.0, 4.0, 6.0, 1.0, 6.0),
    )  # the two-corner one encloses nothing
    assert person.keypoints == {"nose": Keypoint(0, 0, 0), "left_wrist": Keypoint(3, 4, 2)}
    assert person.keypoints["left_wrist"].visible and not person.keypoints["nose"].visible
    assert photo.things[0].category == "cup" and photo.things[0].polygons == ()
    assert photo.roles[0].action == "hold" and photo.roles[0].object_box == (5.0, 5.0, 2.0, 2.0)


def test_unlabelled_is_not_empty(tmp_path):
    (photo,) = read_photos(write(tmp_path, listing()))
    assert photo.persons[0].keypoints is None and photo.persons[0].polygons == ()


def test_polygon_pixels():
    square = (2.0, 3.0, 6.0, 3.0, 6.0, 7.0, 2.0, 7.0)
    expected = np.zeros((10, 20), np.uint8)
    expected[3:7, 2:6] = 1
    np.testing.assert_array_equal(rasterize([square], 10, 20), expected)
    mask = polygon_mask([square, square], 10, 20)
    assert (mask.x, mask.y, mask.area) == (2, 3, 16)
    assert rasterize([], 10, 20).sum() == 0


def test_box_covers_every_touched_pixel_and_stays_inside():
    image = box_image((-2.0, 1.5, 4.2, 1.0), 5, 6)
    assert image.sum() == 3 * 2 and image[1:3, 0:3].all()


def test_absent_and_foreign_files_say_what_was_expected(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"expected a folder with annotations\.json"):
        read_photos(tmp_path)
    with pytest.raises(ValueError, match="not a list of people photos"):
        read_photos(write(tmp_path, {"info": {}}))
    with pytest.raises(ValueError, match="3 keypoint numbers, expected 6"):
        read_photos(write(tmp_path, listing(keypoints=[1, 2, 2])))


@pytest.mark.shared
def test_real_photos(shared):
    photos = read_photos(shared / "data/real/coco_people/dev")
    assert len(photos) == 150
    persons = [person for photo in photos for person in photo.persons]
    assert len(persons) == 541 and sum(person.crowd for person in persons) == 4
    assert sum(bool(person.polygons) for person in persons) == 249
