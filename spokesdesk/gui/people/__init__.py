"""The address book (danh bạ): outlets and journalists, what is known of them, what passed with them."""

from spokesdesk.gui.people.screen import PeopleScreen

__all__ = ["PeopleScreen"]
