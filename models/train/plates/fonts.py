"""Which fonts the renderer draws with, where Debian puts them and under which licence each may be used.

A plate's face is the police's own and not published; the fonts here are near it in different directions, so that the
nets learn the letters and not one drawing of them. Only fonts under OFL, Apache, MIT or Bitstream's licence are listed:
each was read in the package's own `copyright` file on 29/11/2026 (Debian 12). A licence of a font does not reach the
pictures drawn with it. Fonts under the GPL (Liberation 1, WenQuanYi) were left out, although their exception would
allow it, so that nobody has to argue. The glyphs of `strokes.py` are our own.
"""

import os
from pathlib import Path

ROOT = Path(os.environ.get("PLATES_FONTS", "/usr/share/fonts"))

# file below ROOT, Debian package, licence of the font files, how often it is drawn relative to the others
LATIN = [
    ("truetype/opendin/OSP-DIN.ttf", "fonts-opendin", "OFL-1.1", 6),
    ("truetype/roboto/unhinted/RobotoCondensed-Bold.ttf", "fonts-roboto-unhinted", "Apache-2.0", 3),
    ("truetype/roboto/unhinted/RobotoCondensed-Regular.ttf", "fonts-roboto-unhinted", "Apache-2.0", 2),
    ("truetype/roboto/unhinted/RobotoTTF/Roboto-Medium.ttf", "fonts-roboto-unhinted", "Apache-2.0", 1),
    ("opentype/dosis/Dosis-SemiBold.otf", "fonts-dosis", "OFL-1.1", 2),
    ("opentype/dosis/Dosis-ExtraBold.otf", "fonts-dosis", "OFL-1.1", 2),
    ("opentype/jura/Jura-Bold.otf", "fonts-jura", "OFL-1.1", 1),
    ("truetype/dejavu/DejaVuSansCondensed-Bold.ttf", "fonts-dejavu-extra", "Bitstream Vera", 1),
    ("truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core", "Bitstream Vera", 1),
    ("opentype/yanone-kaffeesatz/YanoneKaffeesatz-Bold.otf", "fonts-yanone-kaffeesatz", "OFL-1.1", 1),
    ("opentype/bebas-neue/BebasNeue-Bold.otf", "fonts-bebas-neue", "OFL-1.1", 2),
    ("opentype/bebas-neue/BebasNeue-Regular.otf", "fonts-bebas-neue", "OFL-1.1", 2),
    ("truetype/play/Play-Bold.ttf", "fonts-play", "OFL-1.1", 1),
    ("opentype/b612/B612-Bold.otf", "fonts-b612", "OFL-1.1", 1),
    ("opentype/millimetre/millimetreA Bold 01.otf", "fonts-millimetre", "OFL-1.1", 1),
    ("truetype/routed-gothic/routed-gothic-narrow.ttf", "fonts-routed-gothic", "OFL-1.1", 3),
    ("truetype/routed-gothic/routed-gothic.ttf", "fonts-routed-gothic", "OFL-1.1", 2),
    ("opentype/national-park/NationalPark-Heavy.otf", "fonts-national-park", "OFL-1.1", 2),
    ("opentype/national-park/NationalPark-Regular.otf", "fonts-national-park", "OFL-1.1", 1),
    ("truetype/roadgeek/RG2014B.ttf", "fonts-roadgeek", "MIT", 2),
    ("truetype/roadgeek/RG2014C.ttf", "fonts-roadgeek", "MIT", 2),
    ("truetype/roadgeek/RG2014D.ttf", "fonts-roadgeek", "MIT", 2),
    ("opentype/mplus/Mplus1-Bold.otf", "fonts-mplus", "OFL-1.1", 1),
    ("opentype/mplus/Mplus2-Medium.otf", "fonts-mplus", "OFL-1.1", 1),
    ("opentype/cabin/Cabin-Bold.otf", "fonts-cabin", "OFL-1.1", 1),
    ("truetype/karla/Karla-Bold.otf", "fonts-karla", "OFL-1.1", 1),
    ("truetype/clear-sans/ClearSans-Bold.ttf", "fonts-clear-sans", "Apache-2.0", 1),
    ("truetype/lato/Lato-Bold.ttf", "fonts-lato", "OFL-1.1", 1),
    ("truetype/manrope/Manrope-Bold.ttf", "fonts-manrope", "OFL-1.1", 1),
]

# These hold the Chinese province characters as well.
CHINESE = [
    ("opentype/noto/NotoSansCJK-Bold.ttc", "fonts-noto-cjk", "OFL-1.1", 3),
    ("opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "OFL-1.1", 2),
    ("opentype/mplus/Mplus1-Bold.otf", "fonts-mplus", "OFL-1.1", 0),
    ("truetype/smiley-sans/SmileySans-Oblique.ttf", "fonts-smiley-sans", "OFL-1.1 or CC0-1.0", 1),
]


def packages():
    """What `apt-get install` needs, sorted."""
    return sorted({row[1] for row in LATIN + CHINESE})


def missing():
    """Listed fonts that are not installed."""
    return [row[0] for row in LATIN + CHINESE if not (ROOT / row[0]).is_file()]


if __name__ == "__main__":
    print(" ".join(packages()))
