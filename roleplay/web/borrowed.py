"""Words of Django and allauth that our catalogues put in words of their own. Read for its msgids, never imported."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

# Signing up, signing in, a new password
_("Password (again)")
_("New Password (again)")
_("A user with that username already exists.")
_("Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.")
_("Username can not be used. Please use other username.")
_("Your password can’t be too similar to your other personal information.")
_("Your password can’t be a commonly used password.")
_("The password is too similar to the %(verbose_name)s.")
ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
)
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
_("You must type the same password each time.")
_("The username and/or password you specified are not correct.")
_("Too many failed login attempts. Try again later.")
_("Please type your current password.")
_("Incorrect password.")

# Any form
_("This field is required.")
_("Null characters are not allowed.")
_("Ensure this value is less than or equal to %(limit_value)s.")
_("Ensure this value is greater than or equal to %(limit_value)s.")
ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
)
_("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.")
_("%(model_name)s with this %(field_label)s already exists.")

# The desk
_("Error:")
_("Model name")
_("Add link")
_("Change or view list link")
_("Recent actions")
_("My actions")
_("None available")
_("Select %s to change")
_("Add")
_("Add %s")
_("Add %(name)s")
_("Change %s")
_("Add another %(verbose_name)s")
_("Save and add another")
_("The {name} “{obj}” was added successfully.")
_("You may edit it again below.")
_("The {name} “{obj}” was added successfully. You may add another {name} below.")
_("The {name} “{obj}” was changed successfully.")
_("The {name} “{obj}” was changed successfully. You may edit it again below.")
_("The {name} “{obj}” was changed successfully. You may add another {name} below.")
_("The %(name)s “%(obj)s” was deleted successfully.")
_("Delete selected %(verbose_name_plural)s")
_(
    'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
    "All of the following related items will be deleted:"
)
_(" By %(filter_title)s ")
_("After you’ve created a user, you’ll be able to edit more user options.")
