"""The models of the four subjects, where Django looks for them."""

from inmates.classification import models as classification
from inmates.custody import models as custody
from inmates.people import models as people
from inmates.people import tokens
from inmates.sentences import models as sentences

__all__ = ["classification", "custody", "people", "sentences", "tokens"]
