"""The fonts of the pages, served as static files straight from their packages: nothing is copied into the project.

`FontFinder` is one of STATICFILES_FINDERS. It gives each file a plain name under `fonts/`, since the packages' own
names carry brackets.
"""

from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

FONTS: dict[str, Path] = {
    "fonts/noto-sans.ttf": fontpkg_noto_sans.ROOT / "files/NotoSans[wdth,wght].ttf",
    "fonts/noto-sans-arabic.ttf": fontpkg_noto_sans_arabic.ROOT / "files/NotoSansArabic[wdth,wght].ttf",
}


class PackagedFonts(FileSystemStorage):
    """A read-only storage that knows the files of `FONTS` by their plain names and nothing else."""

    def path(self, name):
        """Where the file lies in its package; an unknown name is a missing file."""
        try:
            return str(FONTS[name])
        except KeyError:
            raise FileNotFoundError(name) from None


class FontFinder(BaseFinder):
    """Finds the files of `FONTS` for the development server, for `collectstatic` and for WhiteNoise."""

    storage = PackagedFonts()

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = [str(FONTS[path])] if path in FONTS else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns):
        for name in FONTS:
            if not matches_patterns(name, ignore_patterns or []):
                yield name, self.storage
