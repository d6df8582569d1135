"""The models of the subjects, where Django looks for them."""

from inmates.classification import models as classification
from inmates.conditions import models as conditions
from inmates.custody import models as custody
from inmates.duplicates import models as duplicates
from inmates.people import models as people
from inmates.roll_counts import models as roll_counts
from inmates.sentences import models as sentences
from inmates.separate import models as separate

__all__ = ["classification", "conditions", "custody", "duplicates", "people", "roll_counts", "sentences", "separate"]
