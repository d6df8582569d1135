"""Forms about accounts, enrolment and permanences."""
