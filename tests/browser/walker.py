"""One page of one user, with the few moves that journeys need."""

from datetime import date

SUBMIT = "main button.btn-primary:not([disabled]), main form button.btn-danger:not([disabled])"


class Walker:
    """A user's page: go somewhere, fill fields by name, send, and be told of nothing wrong."""

    def __init__(self, page):
        self.page = page

    def goto(self, address):
        answer = self.page.goto(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return self

    def fill(self, **values):
        """Fill fields by name: text, days, choices and ticks."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']").first
            tag = field.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
            if tag == "select":
                field.select_option(value)
            elif tag == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif tag == "checkbox":
                field.set_checked(value)
            elif isinstance(value, date):
                field.fill(value.isoformat() if tag == "date" else f"{value:%d/%m/%Y}")
            else:
                field.fill(str(value))
        return self

    def send(self, button=SUBMIT):
        """Press the button, and be told of nothing wrong."""
        before = self.page.url
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        wrong = ("main .invalid-feedback", "main .alert-danger", "#messages .note-error", "main .late-text[role=alert]")
        errors = self.page.locator(", ".join(wrong))
        assert errors.count() == 0, f"{before}: {errors.all_inner_texts()}"
        return self
