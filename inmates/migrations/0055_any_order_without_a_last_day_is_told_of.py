"""What an alert of an order without a last day is called, of whatever kind the order is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0054_a_declaration_of_appeal_a_judgment'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('order_endless', 'Detention order without a last day'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('settled_late', 'Settled for a day after the latest end by the rules'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('earlier_custody', 'Custody before a sentence not decided: its end may be wrong'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('opened_elsewhere', 'Record of another prison opened in an emergency'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('order_endless', 'Detention order without a last day'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('settled_late', 'Settled for a day after the latest end by the rules'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('earlier_custody', 'Custody before a sentence not decided: its end may be wrong'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('opened_elsewhere', 'Record of another prison opened in an emergency'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
    ]
