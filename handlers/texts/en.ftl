# The bot's own words in English. Short and plain.

quoted = ‘{ $text }’

## Dates
season-winter = winter { $year }
season-spring = spring { $year }
season-summer = summer { $year }
season-autumn = autumn { $year }
in-time = in { $date }
in-season = in { $date }
on-day = on { $date }
undated = undated

## Sources and links
source-line = { $count ->
    [one] Source: { $sources }.
   *[other] Sources: { $sources }.
}
source-written = { $title } ({ $publisher }, { $date })
source-seen = read in { $date }
sources-more = { $count ->
    [one] 1 other source
   *[other] { $count } other sources
}
places-more = { $count ->
    [one] 1 other
   *[other] { $count } others
}
no-legal-advice = This sums up the sources and is no legal advice.
source-head = It says so here:
source-item = { $title } ({ $date }), section ‘{ $section }’, item { $item }
source-section = { $title } ({ $date }), section ‘{ $section }’
paper-source = { $title } ({ $date })
base-age = What I know is as old as its sources.
links-unopened = The addresses were noted in November 2026 and not opened since, so a link may be dead.
# Behind a link's title, once somebody has looked.
link-seen = { $title } (last seen { $year })
link-failed = { $title } (did not work on { $date })
search-title = Search on { $site }: { $title }
with-partners = Partners: { $partners }.

## Lists
and-more = … and { $count } more.
show-all = Show everything
silence-is-no-no = That the sources do not mention it does not mean that the municipality does not have it.

## Who does what
with = { $count ->
    [one] One of the { $known } municipalities I know works with { $topics }: { $places }.
   *[other] { $count } of the { $known } municipalities I know work with { $topics }: { $places }.
}
with-count = { $count ->
    [one] 1 (one) of the { $known } municipalities I know works with { $topics }: { $places }.
   *[other] { $count } of the { $known } municipalities I know work with { $topics }: { $places }.
}
with-many = { $count } of the { $known } municipalities I know work with { $topics }.
with-others = Yes, { $places } too { $count ->
    [one] works
   *[other] work
} with { $topics } (of { $known } municipalities I know).
with-nobody = None of the { $known } municipalities I know mentions { $topics } in the sources.
with-no-others = No, only { $places } is mentioned with { $topics } in the sources (of { $known } municipalities I know).
without = { $count ->
    [one] For one of the { $known } municipalities I know the sources do not mention { $topics }: { $places }.
   *[other] For { $count } of the { $known } municipalities I know the sources do not mention { $topics }: { $places }.
}
without-but = { $count ->
    [one] One of the { $known } municipalities I know works with { $wanted } while the sources do not mention { $topics }: { $places }.
   *[other] { $count } of the { $known } municipalities I know work with { $wanted } while the sources do not mention { $topics }: { $places }.
}
without-titles = { $count ->
    [one] Of 1 more municipality I know titles and dates at most.
   *[other] Of { $count } more municipalities I know titles and dates at most.
}
without-none = That is true of none of the { $known } municipalities I know: the sources mention { $topics } for all of them.
never-evaluated = { $count } of the { $known } municipalities I know have no evaluation in the sources: { $places }.
they-do = { $places } do work with { $topics }.
yes = Yes. This is how { $place } works with { $topics }:
yes-beside = Yes, but not in the strategy itself. This is how { $place } works with { $topics } beside it:
yes-too = { $place }:
no = { $over ->
    [yes] No, I find nothing: the sources do not mention { $topics } in the expired strategy of { $place }. That does not mean that the municipality does not have it.
   *[no] No, I find nothing: the sources do not mention { $topics } in the strategy of { $place }. That does not mean that the municipality does not have it.
}
no-mention = not mentioned in the sources.

## A municipality
overview = { $count ->
    [0] { $place } has no initiatives in the sources.
    [one] { $place } has 1 initiative in the sources.
   *[other] { $place } has { $count } initiatives in the sources.
}
overview-none = I find no strategy and no initiatives of { $place } in the sources.
overview-titles = The sources show only the title of { $count ->
    [one] one paper
   *[other] { $count } papers
} from { $place }: { $titles }. Of what it says I know nothing.
no-strategy = I find no strategy of { $place } in the sources.
beside = Besides: { $named }.
beside-dated = { $title } ({ $date })
then = { $then ->
    [earlier] So it was earlier; it has been replaced since:
   *[other] So it was in { $then }:
}
then-untold = The sources tell nothing of { $places } in { $then }.{ $rest ->
    [yes] { " " }This is what they tell otherwise:
   *[no] { "" }
}
earlier = Earlier: { $named }.
earlier-strategy = { $count ->
    [0] the strategy { $title } ({ $date })
    [one] the strategy { $title } ({ $date }) with 1 initiative
   *[other] the strategy { $title } ({ $date }) with { $count } initiatives
}
earlier-with = { $count ->
    [one] Earlier: { $named }. The strategy it stood in has since been replaced.
   *[other] Earlier: { $named }. The strategies they stood in have since been replaced.
}
earlier-item = { $place } ({ $item }, { $date })
does = Initiatives: { $initiatives }.
listed-dated = { $place } ({ $years })
listed-title-only = { $place } (title only)
list-titles = Of { $count ->
    [one] one strategy
   *[other] { $count } strategies
} I know only the title:
list-strategies = { $count } of the { $known } municipalities I know have a strategy in the sources:
list-municipalities = I know { $count } municipalities; { $having } of them have a strategy for social economy in the sources.

## Strategies and time
strategy-adopted = { $title } was adopted { $date }.
strategy-launched = { $title } was launched { $date }.
strategy-presented = { $title } was presented { $date }.
strategy-it = It
strategy-runs = { $title } runs from { $start } to { $until }.
strategy-period = { $title } ran from { $start } to { $until }.
strategy-until = { $title } looks towards { $until }; the source does not say when it was adopted.
strategy-title-only = Of { $title } only the title is known.
strategy-undated = { $title }; the source does not say when it was adopted.
period-over = Note: the strategy of { $place } ran { $start }–{ $until }, so it has expired.
horizon-over = Note: the strategy of { $place } looked towards { $until }, and that year has passed.
replaced = It has since been replaced by { $title }.
end-unknown = The source does not say how long it runs, and I do not know whether { $place } has had a new one since.
order-sorted = { $count } strategies, the oldest first:
order-reversed = { $count } strategies, the newest first:
order-first = { $place } was first, in { $year }.
order-first-in-denmark = { $place } was first: in { $year } it launched the country’s first municipal strategy for social economy.
order-last = { $count ->
    [one] The newest is from { $year }: { $places }.
   *[other] The newest are from { $year }: { $places }.
}
order-next = After { $before } came { $place }, in { $year }.
order-undated = The source does not say when the strategy of { $places } was adopted.
year-strategies = { $count ->
    [0] No strategy is from { $year }, but this happened in { $places }:
    [one] One strategy belongs to { $year }: { $places }.
   *[other] { $count } strategies belong to { $year }: { $places }.
}
order-previous = { $count ->
    [0] None of those I know came before { $place }.
   *[other] Before { $place } came { $places }.
}
order-ordinal = Number { $number } was { $place }, in { $year }.
year-before = { $count ->
    [one] One strategy is from before { $year }: { $places }.
   *[other] { $count } strategies are from before { $year }: { $places }.
}
year-after = { $count ->
    [one] One strategy is from after { $year }: { $places }.
   *[other] { $count } strategies are from after { $year }: { $places }.
}
year-nothing = I have nothing on { $year }.
document-dated = { $title } was last updated or dated { $date }.
document-undated = { $title } has no date in the sources.

## Comparing
shared = { $count ->
    [0] { $places } share no theme.
    [one] { $places } have one theme in common: { $themes }.
   *[other] { $places } have { $count } themes in common: { $themes }.
}
initiative-count = { $count ->
    [one] 1 initiative.
   *[other] { $count } initiatives.
}
only-here = { $count ->
    [0] No theme is here only.
    [one] Only here: { $themes }.
   *[other] Only here: { $themes }.
}
compared-on = { $places } on { $topics }:
only-one = { $count ->
    [0] The sources mention no theme that only { $place } has.
    [one] One theme is mentioned only for { $place } among the { $known } municipalities I know:
   *[other] { $count } themes are mentioned only for { $place } among the { $known } municipalities I know:
}
own-initiatives = What is particular to { $place } are its own initiatives: { $names }.
only-versus = { $count ->
    [0] The sources mention no theme for { $place } that { $other } does not have.
    [one] One theme is mentioned for { $place } but not for { $other }:
   *[other] { $count } themes are mentioned for { $place } but not for { $other }:
}

## Documents
documents-here = I know { $count } documents:
documents-all = Here are all { $count } documents:
paper-overview = { $title } – the overview of the municipalities’ strategies.
paper-note = { $title } – note.
paper-strategy = { $title } – the strategy itself.
paper-information = { $title } – information.
paper-evaluation = { $title } – evaluation.
paper-case = { $title } – the story of the project.
paper-page = { $title } – web page.
paper-news = { $title } – article.
paper-report = { $title } – report.
paper-law = { $title } – legal text or guidance.
paper-title-only = Only its title was seen.
paper-dated = Dated { $date }.
paper-evaluates = It evaluates the strategy { $title }.
link-document = The link goes to the document.
link-page = The link goes to a page that names or holds the document – I do not know its own address.
link-search = I know no address; the link is only a search on { $site } (through DuckDuckGo).

## Numbers
count-municipalities = { $municipalities ->
    [one] 1 municipality: { $places }.
   *[other] { $municipalities } municipalities: { $places }.
}
count-most = { $places } has the most initiatives in my sources: { $count }.
count-fewest = { $places } has the fewest initiatives in my sources: { $count }.
count-strategies = { $strategies ->
    [one] 1 strategy in { $places }.
   *[other] { $strategies } strategies from { $municipalities } municipalities: { $places }.
}
count-initiatives = { $initiatives } initiatives in { $municipalities } municipalities: { $places }.
count-themes = { $themes } themes.
count-documents = { $papers } documents.
count-partners = { $partners } partners are named.
count-held = { $count ->
    [one] { $place } has 1 initiative: { $names }.
   *[other] { $place } has { $count } initiatives: { $names }.
}
count-beside = { $place } has { $count } initiatives. { $inside } of them stand in ‘{ $strategy }’, the rest beside it: { $names }.
count-stated = { $place } itself sums its strategy up as { $stated } { $what }. I know { $count } initiatives when those of the overview are counted in: { $names }.
figure-by = { " " }by { $year }
figures-none = The sources give no figures for { $places }.

## Goals and partners
goals-all = The sources give a vision or goals for { $places } – of the { $known } municipalities I know.
goals-none = The sources give no vision of its own for { $place }, only the strategy { $title }.
partners-of = Partners that the sources name for { $places }:
partners-none = The sources name no partners for { $places }.
organisation-not-here = { $count ->
    [0] No, I cannot find that: the sources do not mention { $name } in connection with { $place }.
   *[other] No, I cannot find that: the sources do not mention { $name } in connection with { $place }, but with { $others }.
}
organisation-works = { $name } is named by { $places }:

## Found while it is typed
found-in = { $name } ({ $place })

## Themes and words
list-themes = You can ask about { $count } themes:
means = { $word } means here: { $text }

## Suggestions for the next question
ask-who = Which municipalities work with { $topic }?
ask-has = Does { $place } work with { $topic }?
ask-overview = What does { $place } do?
ask-compare = Compare { $places }
ask-compare-topic = Compare { $places } on { $topic }
ask-common = What do { $places } have in common?
ask-documents = Where is the document from { $place }?
ask-all-documents = Which documents do you have?
ask-dates = When is the strategy of { $place } from?
ask-partners = Who does { $place } work with?
ask-goals = What is the goal in { $place }?
ask-themes = Which themes are there?
ask-municipalities = Which municipalities do you know?
ask-order = Sort the strategies by year

## Small talk
greeting = Hello! Ask me about municipalities’ strategies for social economy – for instance one of these:
thanks = You are welcome. Just ask again.
goodbye = Goodbye, and welcome back.
how-are-you = Thanks, I am as robots are: always ready. What would you like to know?
praise = Thank you! Do ask on.
complaint = I am sorry about that. Try other words – or ask ‘where does it say so?’, and I show the source.
identity = I am Vejviser, a robot. I answer questions about municipalities’ strategies for social economy from public sources, which I always name.
switch-language = I will answer in English, then.
help = I answer questions about { $count } municipalities’ strategies for social economy: { $places }. You can ask, for instance:
help-more = Write as you speak – typing errors do no harm. You can also follow up: ‘and in Aarhus?’ or ‘send me the document’. If you would rather look at it, write ‘as a picture’, ‘timeline’ or ‘Aarhus on one page’.

## When there is no answer
unknown = I do not know – it is not in my sources.
unknown-instead = You can ask me about municipalities’ strategies for social economy: { $places }. For instance:
elsewhere = I hold nothing on { $places }. I know { $count } municipalities: { $known }.
gone = What the link or the button leads to is not here – perhaps it has changed since.
clarify = Do you mean { $choices }?

## Whether an answer helped
judge-yes = That helped
judge-no = That did not help
judge-thanks-yes = Thank you, that is good to know.
judge-thanks-no = Thank you for saying so. That helps to make answers better.
judge-thanks-again = Thank you – that has been said of this answer already.
