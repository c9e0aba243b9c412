"""What the demo says when it has started."""

from cse_tracker.overview.management.commands.demo import welcome


def test_mail_that_is_written_to_files_is_found_in_their_folder(settings):
    settings.EMAIL_FILE_PATH = "/srv/tracker/mail"

    assert "Mail is not sent but written to /srv/tracker/mail" in welcome(8000)


def test_mail_that_is_sent_is_said_to_go_to_its_server(settings):
    settings.EMAIL_FILE_PATH = None
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 2525

    assert "Mail goes to 127.0.0.1, port 2525" in welcome(8000)
