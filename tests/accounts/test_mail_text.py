"""The HTML of a mail is made of its text."""

from accounts.actions.mail import html_of
from accounts.rules.mail_text import Block, blocks_of, first_words

HERE = "http://localhost:8000"


def test_a_letter_is_taken_apart():
    letter, foot = blocks_of(
        f"Hello Ana,\n\nTwo things:\n- one\n- two\n\n> Dear Ana,\n>\n> no.\n\nABCD-EFGH\n\n"
        f"Kind.\nRead it:\n{HERE}/a/\n\n{HERE}\n-- \nWhy?\n{HERE}/b/\n",
        HERE,
    )
    assert letter == [
        Block("paragraph", ("Hello Ana,",)),
        Block("paragraph", ("Two things:",)),
        Block("points", ("one", "two")),
        Block("said", ("Dear Ana,", "", "no.")),
        Block("code", ("ABCD-EFGH",)),
        Block("paragraph", ("Kind.",)),
        Block("link", ("Read it",), f"{HERE}/a/"),
        Block("link", (HERE,), HERE),
    ]
    assert foot == [Block("link", ("Why?",), f"{HERE}/b/")]


def test_the_last_sentence_of_a_paragraph_names_its_link():
    def names(line):
        letter, _foot = blocks_of(f"{line}\n{HERE}/a/", HERE)
        return [block.lines[0] for block in letter]

    assert names("Nothing was deleted. One press brings you back:") == [
        "Nothing was deleted.",
        "One press brings you back",
    ]
    assert names("Do you still look for work? Then say so:") == ["Do you still look for work?", "Then say so"]
    assert names("Read what Kaas B.V. wrote:") == ["Read what Kaas B.V. wrote"]
    assert names("Join Kaas B.V.:") == ["Join Kaas B.V."]
    assert names("* Kaas B.V. invites you. Really") == ["Kaas B.V. invites you. Really"]
    assert names("No name.") == ["No name.", f"{HERE}/a/"]


def test_only_addresses_of_this_site_become_links():
    """What people write to each other cannot pass for a button of ours."""
    text = f"Pay here:\nhttps://evil.example/\n\n{HERE}.evil.example/\n\n> Confirm:\n> {HERE}/logout/\n\n{HERE}/a b"
    letter, _foot = blocks_of(text, HERE)
    assert {block.kind for block in letter} == {"paragraph", "said"}


def test_one_named_link_is_the_button_and_several_are_links():
    one = html_of("Hi", f"Text.\n\nRead it:\n{HERE}/a/\n\n{HERE}")
    assert f'<a href="{HERE}/a/" class="go">Read it</a>' in one
    assert one.count('class="go"') == 1
    assert 'class="go"' not in html_of("Hi", f"One:\n{HERE}/a/\n\nTwo:\n{HERE}/b/")
    assert 'class="go"' not in html_of("Hi", f"{'Long ' * 10}:\n{HERE}/a/")


def test_everything_is_escaped():
    page = html_of("<b>R&D</b>", "<script>\n\n> <img>")
    assert "<h1>&lt;b&gt;R&amp;D&lt;/b&gt;</h1>" in page
    assert "&lt;script&gt;" in page
    assert '<blockquote class="last">&lt;img&gt;</blockquote>' in page


def test_a_mail_needs_nothing_from_elsewhere():
    page = html_of("Hi", "Text.")
    assert "<img" not in page
    assert "url(" not in page
    assert "http" not in page


def test_the_first_words_leave_links_out():
    assert first_words(f"It is B2.\nRead it:\n{HERE}/a/\n\nMore.", HERE) == "It is B2."
    assert first_words(f"Read it:\n{HERE}/a/\n\nMore.", HERE) == "More."
    assert first_words("Sent back:\n\n> Too low.\n>\n> Sorry.\n\nMore.", HERE) == "Sent back: Too low. Sorry."
    assert first_words("- one\n", HERE) == ""
