# For those who run the bot: status, notices, questions without an answer, and what is wrong.

## How it stands
status-base = The knowledge base is version { $version }; its latest news is of { $date }.
status-entries = Municipalities: { $municipalities }, themes: { $themes }, initiatives: { $initiatives }, documents: { $documents }.
status-read = The bot read it { $moment }.
status-base-faulty = The knowledge base has faults; a running bot answers from the one that it read last:
    { $faults }
status-chats = Database: { $database }. Chats: { $chats } ({ $paused } cannot be reached), subscriptions: { $subscriptions }.
status-active = Somebody last wrote: { $moment }.
status-never = not yet
status-inbox = Inbox: { $waiting } updates from Telegram wait, { $answering } are being answered, { $failed } were set aside in the last days.
status-inbox-oldest = The oldest of them came in { $moment }.
status-outbox = Outbox: { $waiting } wait ({ $due } are due now), { $sending } are being sent, { $held } are held back, { $failed } have failed.
status-oldest = The first of those that wait is or was due { $moment }.
status-unanswered = Questions without an answer that are kept: { $count }.
status-unanswered-off = Questions without an answer are not kept.
status-no-store = The database cannot be used: { $fault }

## Figures
metrics-served = Figures: { $address }
metrics-not-served = { $place } cannot be used ({ $fault }). Choose another place, such as VEJVISER_METRICS=127.0.0.1:9464

## Commands in Telegram
operators-command-status = See how the bot stands
operators-command-announce = See the notice of what is new, and send it
operators-command-unanswered = See the questions that were not understood
operators-command-reload = Read the knowledge base anew

## Notices
announce-nothing = There is nothing new to tell.
announce-never = Nothing was ever announced from this database; the first time, all that the base tells counts as old.
announce-each = { $update }: { $now } get it at once, { $later } by digest.
announce-more = { $count } more are not shown here.
announce-ask = Shall the notice go to all who follow this?
announce-yes = Yes, send it
announce-no = No, do not send it
announce-kept = Nothing was sent.
announce-changed = What is new is not what you have seen. Write /announce to see it again.
announce-done = On its way: { $what }.
announce-queued = { $update } (recipients: { $count })

## Questions without an answer
unanswered-off = Questions without an answer are not kept; VEJVISER_UNANSWERED_DAYS turns it on.
unanswered-none = There are no questions without an answer.
unanswered-some = Questions without an answer that are kept: { $count }. Those that are nearly the same stand together.
unanswered-page = No. { $first }–{ $last } of { $groups }, the most frequent first.
unanswered-times = { $count ->
    [one] once
   *[other] { $count } times
}, last on { $date }, { $spoken }
unanswered-not-helped = the answer did not help: { $count }
unanswered-read-as = is now read as { $intent }
unanswered-nearest = nearest: { $intent } ({ $score }), ‘{ $by }’
unanswered-nothing-near = nothing is near
unanswered-before = Back
unanswered-next = Next

## The knowledge base
reload-done = The knowledge base was read anew and is now version { $version }.
reload-refused = The knowledge base has faults, so the bot still answers from the old one (version { $version }):

## When something goes wrong
alert = The bot reports errors:
alert-more = … and { $count } more. See the log.
