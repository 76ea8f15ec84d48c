# Subscriptions: what one is told of, how often, and how to stop.

## What and how often
scope-everything = everything
scope-theme-in = { $theme } in { $place }
scope-strategy = the strategy { $name }
scope-except = { $scope } except { $excluded }
rhythm-now = at once
rhythm-daily = every weekday at { $hour }
rhythm-weekly = every { $day } at { $hour }

## Subscribing
subscribed = You now get notices about { $what }: { $rhythm }.
subscribed-changed = From now on you get notices about { $what }: { $rhythm }.
subscribed-already = You already get notices about { $what }: { $rhythm }. It is still one subscription only.
subscribed-quiet = Between { $begin }:00 and { $end }:00 I do not write, but wait until { $end }:00.
quiet-none = I write at any hour.
quiet-digests = Digests still come at the hour that you have chosen.
subscribe-menu = What would you like to be told of when there is news?
subscribe-how = Choose below, or write it – for instance ‘notify me about { $what } every Monday at 9’ or ‘notify me about everything except procurement’.
subscribe-nowhere = I can only send you notices in a chat that is remembered: on the web page, in Telegram or in the terminal (‘vejviser chat’). Here you can neither subscribe nor stop notices.
refused = I do not know that subject, so you cannot subscribe to it.
refused-place = I hold nothing on { $places }, so you cannot subscribe to that.
refused-strategy = I do not know that strategy. I know { $strategies }.
refused-near = The nearest I have is { $names }.
refused-known = You can subscribe to { $count } municipalities ({ $places }), to { $themes } themes, or to everything.

## Stopping
unsubscribed = You no longer get notices about { $what }.
unsubscribed-all = { $count ->
    [one] Your subscription is stopped. You get no more notices.
   *[other] All your { $count } subscriptions are stopped. You get no more notices.
}
unsubscribe-not-had = You do not subscribe to { $what }.
unsubscribe-none-such = You do not subscribe to that. You get notices about this:
unsubscribe-which = What shall I stop? You get notices about this:
still-told = You still get notices about { $what }, because you subscribe to { $through }.
subscriptions-left = { $count ->
    [one] You still have one subscription.
   *[other] You still have { $count } subscriptions.
}

## The list
subscriptions = { $count ->
    [one] You have one subscription:
   *[other] You have { $count } subscriptions:
}
subscriptions-none = You do not subscribe to anything.
subscriptions-how = Press to change or stop, or write it – for instance ‘notices about everything every Monday at 9’ or ‘no notices between 18 and 8’.
subscription-gone = It is no longer in what I know, so no more news will come.

## Buttons – their text is understood when it is typed, too
ask-subscriptions = Show my subscriptions
subscribe-to = Notify me about { $scope }
change-rhythm = Notices about { $scope } { $rhythm }
leave-out = Notices about { $scope } except { $excluded }
stop = Stop notices about { $scope }
any-hour = Notices at any hour
rest = No notices between { $begin }:00 and { $end }:00
stop-all = Stop all notices
