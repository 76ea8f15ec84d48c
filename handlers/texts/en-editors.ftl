# The editors' page: the base with what is missing.
editors-title = Editors
editors-lead = The base has { $municipalities } municipalities, { $initiatives } initiatives, { $documents } documents and pages, and { $terms } explained words.
editors-how = This page can only be read. Edit the files and run vejviser check: it says what is wrong, and where.
editors-all = All municipalities
editors-missing = Missing
editors-newest = Newest source
editors-entries = { $count ->
    [one] 1 fact on { $place }
   *[other] { $count } facts on { $place }
}
editors-earlier = earlier
editors-strategy = Strategy
editors-agreement = Agreement
editors-policy = Policy
editors-decision = Decision
editors-plan = Plan
editors-proposal = Proposal
editors-initiative = Initiative
editors-goal = Goal
editors-milestone = Step
gap-no-strategy = no strategy
gap-title-only = only the strategy's title
gap-undated = the strategy has no date
gap-over = the strategy's period is over
gap-no-initiatives = no initiatives
gap-no-goals = no goals
gap-no-address = a document without an address
gap-old = the sources are more than five years old
gap-remarks = open questions in the sources
