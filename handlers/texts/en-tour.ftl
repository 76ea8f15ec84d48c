# The guided tour.

tour-welcome = Welcome to the guided tour! It takes five minutes at most, and you can ask questions on the way. Which of these are you?
tour-role-newcomer = New to the field
tour-role-staff = Municipal staff
tour-role-coordinator = Coordinator
tour-for-newcomer = all of it from the beginning ({ $steps } steps)
tour-for-staff = what the municipalities do, and how to ask ({ $steps } steps)
tour-for-coordinator = what the municipalities do, and how to be told of news ({ $steps } steps)

tour-step = Step { $step } of { $steps } · { $title }
tour-resume = Let us go on where you left.
tour-steps = The tour has { $count } steps. Choose one:
tour-left = We stop here. Write ‘tour’ when you want to go on – and ask away in the meantime.
tour-finished = That was the tour. Write ‘tour’ to see it again – or just ask away.

tour-back = Back
tour-next = Next
tour-all = All steps
tour-leave = Leave the tour
tour-end = End the tour
tour-again = Start over
tour-go-on = Continue the tour (step { $step } of { $steps })

tour-title-what = What is social economy?
tour-title-who = Who has strategies?
tour-title-themes = What do they work on?
tour-title-place = One municipality up close
tour-title-ask = How to ask
tour-title-notices = How to be told of news

tour-what = What municipalities want to do, they write in a strategy – and the strategies are what you can ask me about.
tour-who = { $count ->
    [one] I know 1 municipality with a strategy for social economy:
   *[other] I know { $count } municipalities with a strategy for social economy. This is how the strategies came:
}
tour-first = { $place } (the first in Denmark)
tour-new = { $place } (new strategy)
tour-undated = Year not known
tour-over = The strategy’s period has since expired in { $places }.
tour-themes = { $initiatives ->
    [one] The sources mention 1 initiative.
   *[other] The sources mention { $initiatives } initiatives.
} The most common themes are:
tour-theme = { $initiatives ->
    [one] 1 initiative
   *[other] { $initiatives } initiatives
} { $municipalities ->
    [one] in 1 municipality
   *[other] in { $municipalities } municipalities
}
tour-place = Which municipality would you like to look at?
tour-place-more = You can also write the name of one of the other { $count }.
tour-ask = Try one of the examples below, or write a question of your own.
tour-notices = I can write to you when there is news: about everything, a municipality, a theme or a single strategy. Try one of the examples, or say it in your own words.
tour-notices-stop = When you want no more notices, write for instance ‘stop notices about { $place }’.
tour-notice-place = Notify me when there is news from { $place }
tour-notice-theme = Notify me when there is news about { $topic }

# What can be typed instead of pressing a button, separated by |. Understood only where it makes sense.
typed-next = next | next step | next stop | next stop on the tour | forward | go on | continue | continue the tour | continue with the tour | go on with the tour | on with the tour | carry on with the tour | carry on | resume the tour | back to the tour | let us go on | let us continue the tour | let's continue the tour
typed-back = back | go back | one step back | previous | previous step
typed-all = all steps | show all steps | show steps | list of steps
typed-again = start over | start again | from the beginning
typed-leave = stop | stop the tour | end | end tour | end the tour | leave | leave tour | leave the tour | quit the tour
typed-step = step
typed-newcomer = new | new here | new to the field | i am new | i'm new | i'm new here | i am new here | beginner | newcomer
typed-staff = staff | municipal staff | i am staff | employee | i work in a municipality | case worker
typed-coordinator = coordinator | i am a coordinator | i'm a coordinator | project manager
