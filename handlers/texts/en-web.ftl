# For the web page only: buttons, headings and the few lines that the page says itself.
web-description = Ask what Danish municipalities do for the social economy, and get a short answer with source and date.
web-locale = en_GB
web-skip = Skip to content
web-nav = Pages
web-nav-chat = Ask
web-nav-municipalities = Municipalities
web-nav-themes = Themes
web-nav-documents = Documents
web-nav-news = News
web-nav-find = Find
web-footer = Vejviser answers from public sources and names them every time.
web-privacy = Privacy
web-accessibility = Accessibility
web-data = Open data
web-feed = Feed
web-feed-all = News of the municipalities’ strategies
web-embed = Put it on another page

## The chat
web-title = Ask about the municipalities’ strategies for the social economy
web-title-answer = Answer
web-head = What do municipalities do for the social economy?
web-lead = Ask in your own words. You get a short answer with its source, its date and links to the documents.
web-ask-label = Your question
web-send = Send
web-you = You asked:
web-log = The conversation
web-buttons = Choices
web-suggestions = Ask on
web-judge = Did the answer help?
web-examples = Try for example
web-tour-text = Are you new here?
web-tour = Take the tour of five minutes
web-browse = Or see it all
web-notice = News for you
web-missing = Write a question first.
web-waiting = Press ‘Send’, and I will answer.
web-confirm = The page was old. Press again if you still want to.
web-failed = No answer came. Please try again in a moment.
web-download = Get { $name }
web-paper = Get it as a PDF on one page (A4)
web-table = Show as a table
web-link-document = Document: { $title }
web-link-page = Page: { $title }
web-link-search = Search: { $title }

## Where something is missing or goes wrong
web-error-missing = There is no such page
web-error-text-missing = The address may have a new name, or a letter is missing.
web-error-long = That is too long
web-error-text-long = I cannot read a text that long. Please ask in fewer words.
web-error-often = A little too fast
web-error-text-often = Many questions come from your network just now. Wait a moment and try again.
web-error-fault = Something went wrong on my side
web-error-text-fault = It is not your fault. Please try again. If it happens again, give the code to whoever runs the page.
web-error-refused = The page cannot do that
web-error-text-refused = The page cannot be used like this. Begin again on the first page.
web-error-id = Code:
web-error-near = Are you looking for one of these?
web-error-home = To the first page

## In the terminal when the page begins
web-served = Vejviser answers at { $address } – stop with Ctrl-C.
web-not-served = { $place } cannot be used ({ $fault }). Choose another place, such as VEJVISER_WEB=127.0.0.1:8081
web-nothing-to-serve = VEJVISER_WEB, VEJVISER_TELEGRAM_TOKEN and VEJVISER_ROLE together leave nothing to serve. Set one of them, or talk here: vejviser chat
run-stuck = The program has stood still for two minutes, and ends. Start it again.

## The pages on each thing
web-kind-municipality = Municipality
web-kind-theme = Theme
web-kind-initiative = Initiative
web-kind-strategy = Strategy
web-kind-goal = Goal
web-kind-document = Document
web-kind-organisation = Organisation
web-kind-term = Term
web-page-theme = Theme: { $name }
web-page-initiative = { $name } ({ $place })
web-page-municipality = About { $name }
web-website = Website
web-goals = Vision and goals
web-initiatives = Initiatives
web-strategies = Strategies
web-steps = Steps on the way
web-sources = Sources
web-silent = Not mentioned in the sources from
web-partners = Partners
web-figures = Figures
web-alike = Other municipalities on the same
web-replaced-by = Replaced by
web-replaces = Replaces
web-evaluation = Evaluation
web-deadline = By
web-address = Find it
web-publisher = Publisher
web-dated = Dated
web-read-here = Told in this document
web-across = Across municipalities
web-feed-on = Feed: News of { $name }

## Find
web-find = Find a page
web-find-lead = There is a page for every municipality, theme, initiative and document.
web-find-label = Name
web-find-go = Find
web-found = { $count ->
    [0] No page is called anything like that
    [one] 1 page
   *[other] { $count } pages
}

## Privacy
web-privacy-page = Here on the page
web-privacy-cookie = The first time you ask, your browser gets one cookie. It holds a random number, and serves only to know the chat again. If you just read, none is set.
web-privacy-words = What you write stands on the page with you and nowhere else. When you close the page, it is gone.
web-privacy-tracking = There is no tracking, no statistics, and nothing that is fetched from others.
web-privacy-address = Your network address is held in memory for as long as it takes to count whether too many requests come. It is written down nowhere.

## Accessibility
web-access-lead = Everyone shall be able to use Vejviser. The page follows WCAG 2.2 at level AA (EN 301 549).
web-access-how = How it is made
web-access-keyboard = All can be reached and used with the keyboard, and one sees where one is.
web-access-reader = Headings, regions and fields have names, and screen readers announce new answers.
web-access-zoom = The text can be enlarged to 400 % without scrolling sideways.
web-access-colour = Light and dark colours follow your machine, and nothing is told by colour alone.
web-access-pictures = Pictures say in words what they show, and below each stands the same as a table. The pages to print are tagged PDF files (PDF/UA).
web-access-script = The page works without JavaScript, too, and with ‘reduced motion’ it stands still.
web-access-checked = How it is tested
web-access-tests = Every kind of page is tested with axe-core in Chromium in both languages, light and dark, and a whole conversation is led with the keyboard alone – every time the program changes. It was not tested by people with disabilities.
web-access-not = What is not included
web-access-papers = The documents that are linked to are others’, and many of them are old PDF files. Whether they are accessible, Vejviser cannot promise.
web-access-tell = If something is in your way
web-access-operator = Write to { $operator }.
web-access-no-operator = Tell whoever runs the page. A name and a contact have not been set here.

## Open data
web-data-lead = Everything that Vejviser knows can be fetched and used by others.
web-data-base = The whole knowledge base
web-data-json = everything, with a source for each fact
web-data-csv = one row for each strategy, initiative, goal and step
web-data-licence = Our own texts may be used freely where Vejviser is named:
web-data-answers = Answers for programs
web-data-answers-text = One question in, one answer out as JSON. Nothing is kept.
web-data-question = who runs mentor schemes?
web-data-openapi = Description (OpenAPI)
web-data-feeds = Feeds
web-data-feeds-text = Follow the news in a feed reader or in Outlook. It takes no data about you.

## Put it on another page
web-embed-lead = The chat can stand on your intranet if its address is allowed in VEJVISER_WEB_PARENTS.
web-embed-script = With a script
web-embed-frame = Or with a frame

## Feeds
web-feed-rights = Our own texts: CC BY 4.0
web-feed-entry = { $what }: { $names }
web-feed-title = News of { $name }
