# Pictures: who does what, the timeline, and municipalities side by side.

show-picture = Show as a picture
show-timeline = Show as a timeline
show-matrix = Show the themes as a picture
picture-cut = These are { $shown } of { $count } municipalities; name those that you want to see.
picture-cut-strategies = These are the { $shown } newest of { $count } strategies; name a municipality to see its own.
picture-as-of = As of { $month }.
table-theme = Theme
table-place = Municipality
table-strategy = Strategy
table-years = When

## Themes and municipalities
matrix-title = Who works with what?
matrix-alt = { $known ->
    [one] { $themes } themes in 1 municipality. Most common: { $common } ({ $count } of { $known }). Most themes: { $busiest } ({ $number }).
   *[other] { $themes } themes in { $known } municipalities. Most common: { $common } ({ $count } of { $known }). Most themes: { $busiest } ({ $number }).
}
matrix-alt-empty = The sources mention no theme of { $places }.
grid-number = number of initiatives
grid-nothing = not mentioned in the sources
grid-told = The numbers are initiatives; – means that the sources do not mention the theme, not that the municipality does not have it.

## The timeline
timeline-title = The strategies in time
timeline-today = today
timeline-alt = { $count ->
    [0] The sources mention no strategy.
    [one] 1 strategy on a timeline { $start }–{ $until }: { $states }.
   *[other] { $count } strategies of { $places } on a timeline { $start }–{ $until }: { $states }.
}
counted-in-force = { $count } in force
counted-expired = { $count } expired
counted-replaced = { $count } replaced
counted-unknown = { $count } with no known end
state-in-force = in force
state-expired = expired
state-replaced = replaced
state-unknown = end not known
years-both = { $start }–{ $until }
years-from = from { $date }
years-until = towards { $until } (start not known)
years-unknown = years not known

## Side by side
compared-title = { $places }
compared-shared = Shared
compared-some = In several of them
compared-only = Only in { $place }
compared-count = { $place } ({ $count })
compared-alone = Themes that only one of them has: { $counted }.

## On one page
show-brief = { $name } on one page (PDF)
brief-of-what = Which municipality or theme would you like on one page?
brief-here = Here is { $title } on one page, ready to print (PDF).
brief-kind-place = Social economy in the municipality
brief-kind-theme = A theme of municipal social economy
brief-lead-place = { $count ->
    [0] The sources mention no initiatives for social economy.
    [one] The sources describe 1 initiative for social economy.
   *[other] The sources describe { $count } initiatives for social economy within { $themes } themes.
}
brief-lead-theme = { $count } of { $known } municipalities have initiatives on it in the sources.
brief-strategies = { $count ->
    [one] Strategy
   *[other] Strategies
}
brief-by-theme = Initiatives by theme
brief-by-place = Municipality by municipality
brief-goals = Goals and figures
brief-partners = Partners
brief-silent = Not mentioned in
brief-papers = Documents
brief-link = ({ $kind }: { $site })
link-kind-document = the document itself
link-kind-page = page about it
brief-more = … and { $count } more.
brief-made = Made with Vejviser on { $date }.
brief-unknown = I have no page on ‘{ $name }’. I can make one on a municipality ({ $places }) or a theme ({ $themes }).
