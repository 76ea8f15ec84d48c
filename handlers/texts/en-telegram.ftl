# For Telegram only: buttons, the menu and the few lines that the channel says itself.
telegram-link-document = Document: { $title }
telegram-link-page = Page: { $title }
telegram-link-search = Search: { $title }

telegram-command-help = See what you can ask
telegram-command-tour = Take a tour of five minutes
telegram-command-subscribe = Be told when there is news
telegram-command-subscriptions = See and stop what you are told of
telegram-command-settings = Choose the language, and when notices come
telegram-command-privacy = See what is kept about you
telegram-command-mydata = Get what is kept about you as a file
telegram-command-erase = Erase all that is kept about you

telegram-description = Hello! I answer questions about Danish municipalities’ strategies for social economy: who does what, since when, and where it is written. Write as you speak, in Danish or English, or take a tour of five minutes. I can also write to you when there is news. I build on public sources and always name them.
telegram-short-description = Answers about Danish municipalities’ strategies for social economy – always with the source.

telegram-share = Share this answer
telegram-ask-further = Ask Vejviser further
telegram-nothing-found = Nothing found – ask me directly
telegram-hello = Hello! I answer questions about Danish municipalities’ strategies for social economy. Write @{ $bot } before a question, or reply to one of my messages – whatever else you write I leave alone. With /subscribe@{ $bot } the group’s administrators can choose what the group is told of.
telegram-group-told = The notices come here in the group, so everybody in it can read them.

telegram-only-text = I can only read text. Write me your question, and I will answer.
telegram-fault = Something went wrong on my side, so you did not get your answer. Please try again. If it happens again, mention the code { $id }.
telegram-too-fast = I cannot keep up with so many messages at once. Wait a minute, and I will answer again.
telegram-access-list = I only answer those who are on my list. Ask { $operator } whether you can be added.
telegram-access-invite = I only answer those who are invited. If you have a code, send it to me; else ask { $operator }.
telegram-access-nobody = whoever runs the bot
telegram-access-often = Those were too many codes that do not fit. Wait a minute and try again.
telegram-access-unknown = I cannot see just now whether you have been let in. Try again in a moment.
telegram-access-button = Not for everybody – see for whom
telegram-access-in = Welcome! The code fits, and you are let in.
telegram-nothing = I have nothing to show you here.

# For whoever runs the bot
telegram-token-refused = Telegram refuses the token in VEJVISER_TELEGRAM_TOKEN. Get the right one from @BotFather.
telegram-unreachable = No answer from Telegram at { $api } ({ $fault }). Check the network and VEJVISER_TELEGRAM_API.
telegram-stuck = Telegram has come to a standstill, so the program ends. The log tells why. Start it again.
