"""On what ground somebody is in the separate system on a day: the one rule, for pages, lists and figures.

The last decision of the stay that counts on the day says it: an admission gives its ground, an exit takes it away. Imported
history counts from its day; what was quashed on appeal counts no longer.
"""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When

from config import clock
from inmates.custody.models import SeparateGround
from inmates.sentences.models import Case as Prosecution
from inmates.separate.models import SeparateStep

HELD = Case(When(kind=SeparateStep.Kind.IN, then=F("ground")), default=Value(""), output_field=CharField(max_length=11))


def _latest(steps):
    return steps.order_by("-effective_on", "-pk")


def ground_on(stay, day):
    """The ground of a stay (the name of its column) when `day` ends, as an expression: empty or NULL where there is none."""
    steps = SeparateStep.objects.counting(day).filter(admission=OuterRef(stay))
    return Subquery(_latest(steps).annotate(held=HELD).values("held")[:1])


def ground_now(person="pk"):
    """The ground of a person's stay that goes on, today, as an expression."""
    steps = SeparateStep.objects.counting(clock.today()).of_running_stays().filter(inmate=OuterRef(person))
    return Subquery(_latest(steps).annotate(held=HELD).values("held")[:1])


def standing(inmate):
    """The decision that counts today in the stay that goes on: an admission, an exit, or None."""
    return _latest(SeparateStep.objects.counting(clock.today()).of_running_stays().filter(inmate=inmate)).first()


def without_ground(people):
    """Of these people, those in custody whom no ground holds in the separate system."""
    now = people.in_custody().annotate(separate_ground=ground_now())
    return now.filter(Q(separate_ground=None) | Q(separate_ground=""))


LIVE = (Prosecution.State.OPEN, Prosecution.State.CONVICTED)


def by_the_offences(inmate):
    """The ground that the recorded offences give, or None: convicted of terrorism, or charged with it."""
    cases = inmate.cases.filter(state__in=LIVE, offences__terrorism=True)
    states = set(cases.values_list("state", flat=True))
    if Prosecution.State.CONVICTED in states:
        return SeparateGround.CONVICTION
    return SeparateGround.CHARGE if states else None


def still_stands(inmate, ground):
    """Whether what is recorded still bears a ground: True, False, or None where it does not say.

    Of radicalisation the offences say nothing; nor where no case goes on (whoever nothing holds is released), or one that does
    names none.
    """
    if ground == SeparateGround.RADICALISED:
        return None
    if by_the_offences(inmate):
        return True
    cases = inmate.cases.filter(state__in=LIVE)
    return False if cases.exists() and not cases.filter(offences=None).exists() else None


def fallen(people):
    """Of these people, those whose charge or conviction is no longer one of terrorism, by what is recorded; in one query."""
    live = Prosecution.objects.filter(inmate=OuterRef("pk"), state__in=LIVE)
    grounds = [SeparateGround.CHARGE, SeparateGround.CONVICTION]
    now = people.in_custody().annotate(separate_ground=ground_now()).filter(separate_ground__in=grounds)
    return now.filter(Exists(live), ~Exists(live.filter(offences__terrorism=True)), ~Exists(live.filter(offences=None)))
