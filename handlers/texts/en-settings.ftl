# Settings: the language, and when notices come.

settings = This is how it is set now:
settings-changed = That is changed. This is how it is set now:
settings-language = Language:{ " " }
settings-notices = Notices:{ " " }
settings-no-notices = You do not subscribe to anything yet. Once you do, you can choose here when the notices come.
settings-rhythm = { $count ->
    [one] You have one subscription and are told { $rhythm }.
   *[other] You have { $count } subscriptions and are told { $rhythm }.
}
settings-how = If you write in another language, I answer in that.
settings-each = Each subscription can be set by itself, too.

# Buttons
settings-speak = Answer in English
settings-all = All notices { $rhythm }

# What can be written instead of the command, separated by |.
typed-settings = settings | show settings | my settings | show my settings | change settings | preferences
