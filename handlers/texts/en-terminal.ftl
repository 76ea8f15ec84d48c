# The terminal's own words: `vejviser chat` and `vejviser ask`.

chat-greeting = Hello! I am a robot and answer questions about municipal strategies for the social economy.
chat-hint = Type a question, or choose with a number. Leave with q or Ctrl-D.

# Words that end the conversation, apart by spaces.
chat-leave = q slut quit exit

ask-hint = Type one question a line. An empty line begins a new conversation; leave with Ctrl-D.

failure = Sorry, something went wrong on my side, so I cannot answer that. Please try asking in another way.
failure-unkept = Right now I can neither keep nor look up what I remember of our conversation, so that was not done. Please try again shortly.
failure-never-kept = I keep nothing here, so I cannot do that.
failure-denied = Only the group’s administrators can decide what the group is told of, and erase what is kept.

# What a link leads to. A search says in its title that it is one.
terminal-link-document = Document: { $title }
terminal-link-page = Page: { $title }
terminal-link-search = { $title }

# A file that was asked for.
terminal-file = The file is here: { $path }
terminal-file-failed = The file could not be written to { $path }: { $fault }
