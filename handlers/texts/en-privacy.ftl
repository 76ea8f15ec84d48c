# What is kept, and how to have it erased.

privacy-head = This is what I keep of our chat:
privacy-address = The chat’s address, encrypted, so that I can answer you.
privacy-session = The language, the subject of the last answers, your place on the tour, and whether I wait for an answer – encrypted, so that you can ask on: ‘and in Aarhus?’
privacy-waiting = Your message in Telegram, encrypted, and only until I have answered it.
privacy-subscriptions = What you subscribe to, which notices are on their way to you, and whether they are paused, so that you can be told of news.
privacy-times = When the chat began and when you last wrote, so that old chats can be erased.
privacy-admitted = When you gave the invite code, so that you need to give it only once.
privacy-not-kept = What you write I do not keep beyond that, nor your name.
privacy-unanswered = What you write I do not keep beyond that, nor your name – with one exception: questions that I cannot answer are kept for { $days ->
    [one] 1 day
   *[other] { $days } days
} without anything that shows who asked. Numbers of persons, phones and accounts and e-mail addresses are blotted out first, but names are not – so do not write any.
privacy-unanswered-judged = What you write I do not keep, nor your name – with one exception: questions that I cannot answer, or where you say that the answer did not help, are kept for { $days ->
    [one] 1 day
   *[other] { $days } days
} without anything that shows who asked. Numbers of persons, phones and accounts and e-mail addresses are blotted out first, but names are not – so do not write any.
privacy-judged = If you press ‘That helped’ or ‘That did not help’, I add that up for each kind of question – but not who pressed.
privacy-days = All of it is erased when you ask for it, or when you have not written for { $days ->
    [one] 1 day
   *[other] { $days } days
}. If you subscribe to something, it stays for as long as the notices reach you.
privacy-until-erased = All of it stays until you ask me to erase it.
privacy-memory = Here I write nothing down. While the program runs, I only remember the language, the subject of the last answers and your place on the tour, so that you can ask on. When the program ends, that is gone.
privacy-operator = Responsible: { $operator }
privacy-no-operator = Responsible is whoever runs the bot. A name and a contact have not been set here.
privacy-channel = If you write through a service such as Telegram, it sees your messages too – under its own rules.
privacy-show = Show my data

my-data = All of it is in the file: { $parts }.
my-data-nothing = I have kept nothing of the chat yet. The file shows what there can be.
my-data-language = the language ({ $name })
my-data-language-da = Danish
my-data-language-en = English
my-data-subject = the subject of the last answers
my-data-tour = your place on the tour
my-data-subscriptions = { $count ->
    [one] 1 subscription
   *[other] { $count } subscriptions
}
my-data-times = when you first and last wrote
my-data-admitted = when you gave the invite code
my-data-memory = There is no file to give you, for nothing is kept of you here. While the program runs, I only remember the language, the subject of the last answers and your place on the tour.
my-data-address = encrypted; it serves only to answer and to send notices

erase-ask = Shall I erase all that I have kept of our chat? { $count ->
    [0] This cannot be undone.
    [one] Your subscription ends with it, too. This cannot be undone.
   *[other] Your { $count } subscriptions end with it, too. This cannot be undone.
}
erase-admitted = To write to me again afterwards you will have to give the invite code again.
erase-yes = Erase all about me
erase-no = Keep it
erase-done = All about you is erased: the chat’s address, the subject of the conversation and your subscriptions. Goodbye – and if you write again, we begin anew.
erase-kept = Good. I have not erased anything.
erase-memory = Nothing is kept here, so there is nothing to erase. When the program ends, the conversation’s subject is gone as well.

# Answers to whether all shall be erased, separated by |.
typed-yes = yes | yes please | yes erase | yes erase it | yes erase all | yes delete | yes delete it | yes delete everything | delete everything | erase all about me | yes erase all about me
typed-no = no | no thanks | no thank you | undo | cancel | keep | keep it | no keep it | don't
