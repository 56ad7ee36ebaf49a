"""Photos that say whose they are: squares along the upper edge are the digits of a number."""

import random
from io import BytesIO

from PIL import Image

DIGITS = 16
# As phones send them: made smaller on the device, and as the camera gives them (12 megapixels).
SHRUNK, WHOLE = (1600, 1200), (4000, 3000)


class Camera:
    """Takes photos of one size, with about as much detail as real ones have."""

    def __init__(self, size: tuple[int, int]):
        noise = [Image.effect_noise((size[0] // 4, size[1] // 4), 40 + 10 * band) for band in range(3)]
        self.scene = Image.merge("RGB", noise).resize(size, Image.Resampling.BICUBIC)

    def shoot(self, number: int) -> bytes:
        """A JPEG that carries the number."""
        image, side = self.scene.copy(), self.scene.width // DIGITS
        image.paste(tuple(random.Random(number).choices(range(256), k=3)), (0, side, image.width, 3 * side))
        for digit in range(DIGITS):
            image.paste("white" if number >> digit & 1 else "black", (digit * side, 0, (digit + 1) * side, side))
        target = BytesIO()
        image.save(target, "JPEG", quality=85)
        return target.getvalue()


def number_in(image: Image.Image) -> int:
    """The number that a photo carries, at whatever size."""
    side = image.width / DIGITS
    middles = [image.convert("L").getpixel((int((digit + 0.5) * side), int(side / 2))) for digit in range(DIGITS)]
    return sum(1 << digit for digit, light in enumerate(middles) if light > 127)


def mark(phone: int, photo: int) -> int:
    """The number by which one photo of one phone is known."""
    return phone * 64 + photo
