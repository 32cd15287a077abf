# Words of the page, English. One word for one thing: permission, reading, device, member, opening.

app-starting = Opening Salus…
app-cannot-start = Salus cannot start
waiting = One moment…
try-again = Try again
working = Working…
progress-steps = Step { $done } of { $total }
next = Next
back = Back
copy = Copy
copied = Copied.
save-file = Save as a file
save-where = Look in your downloads folder.
list-comma = ,{" "}
list-and = { $head } and { $last }
test-clock = Demonstration clock
promise = After the end time, or within about an hour of your stopping it, nobody can open NEW readings with this permission. What has already been opened cannot be taken back.

## Times
when-today = today at { $time }
when-yesterday = yesterday at { $time }
when-tomorrow = tomorrow at { $time }
when-date = { $date } at { $time }
when-span = { $from } to { $to }
when-unknown = at an unknown time
length-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
length-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
length-hours-minutes = { $h } h { $m } min
length-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}

## Measurements: .inline stands inside a sentence; .own and .other are the sentences of a section
category-heart-rate = Heart rate
    .inline = heart rate
    .own = Your heart rate { $span } was { $said }.
    .other = Heart rate { $span } was { $said }.
category-blood-pressure = Blood pressure
    .inline = blood pressure
    .own = Your blood pressure { $span } was { $said }.
    .other = Blood pressure { $span } was { $said }.
category-oxygen-saturation = Oxygen
    .inline = oxygen
    .own = The oxygen in your blood { $span } was { $said }.
    .other = Oxygen saturation { $span } was { $said }.
category-body-temperature = Temperature
    .inline = temperature
    .own = Your temperature { $span } was { $said }.
    .other = Temperature { $span } was { $said }.
category-body-weight = Weight
    .inline = weight
    .own = Your weight { $span } was { $said }.
    .other = Weight { $span } was { $said }.
category-glucose = Glucose
    .inline = glucose
    .own = Your glucose { $span } was { $said }.
    .other = Glucose { $span } was { $said }.
category-activity = Movement
    .inline = movement
    .own = Your movement { $span }: { $said }.
    .other = Movement { $span }: { $said }.
category-electrocardiogram = Electrocardiogram
    .inline = electrocardiogram
    .own = Your electrocardiogram was recorded { $span }.
    .other = An electrocardiogram was recorded { $span }.
category-respiration = Breathing
    .inline = breathing
    .own = Your breathing rate { $span } was { $said }.
    .other = Breathing rate { $span } was { $said }.
category-surroundings = Air around you
    .inline = air around you
    .own = The air around you { $span } was { $said }.
    .other = The air { $span } was { $said }.
quantity-heart-rate = Heart rate
quantity-rr-interval = Time between beats
quantity-energy-expended = Energy
quantity-systolic = Upper value
quantity-diastolic = Lower value
quantity-mean-pressure = Mean pressure
quantity-pulse-rate = Pulse
quantity-oxygen-saturation = Oxygen saturation
quantity-pulse-amplitude-index = Perfusion
quantity-body-temperature = Temperature
quantity-body-weight = Weight
quantity-body-height = Height
quantity-body-mass-index = Body mass index
quantity-body-fat = Body fat
quantity-basal-metabolism = Energy used at rest, per day
quantity-muscle-percentage = Muscle, share
quantity-muscle-mass = Muscle
quantity-fat-free-mass = Weight without fat
quantity-soft-lean-mass = Weight without fat and bone
quantity-body-water-mass = Water
quantity-impedance = Impedance
quantity-capillary-glucose = Glucose, finger prick
quantity-interstitial-glucose = Glucose, sensor
quantity-glucose-trend = Trend
quantity-sensor-quality = Sensor quality
quantity-carbohydrate = Carbohydrates
quantity-exercise-duration = Exercise
quantity-exercise-intensity = Effort
quantity-medication-mass = Medication, by weight
quantity-medication-volume = Medication, by volume
quantity-glycated-haemoglobin = HbA1c
quantity-steps = Steps
quantity-speed = Speed
quantity-cadence = Cadence
quantity-stride-length = Step length
quantity-distance = Distance
quantity-power = Power
quantity-ecg-voltage = Voltage
quantity-sample-interval = Time between samples
quantity-respiratory-rate = Breaths
quantity-air-temperature = Air temperature
quantity-relative-humidity = Humidity
quantity-air-pressure = Air pressure
quantity-pulse-interval = Time between pulses
quantity-insulin-dose = Insulin
quantity-measurement-site = Where on the body
quantity-carbohydrate-kind = Which meal
quantity-meal-context = Before or after a meal
quantity-tester = Who measured
quantity-health-context = State of health
quantity-medication-kind = Which medication
quantity-sample-fluid = What was measured in

## Units as people read them
unit-per-minute = per minute
unit-percent = %
unit-mmhg = mmHg
unit-kilopascal = kPa
unit-hectopascal = hPa
unit-celsius = °C
unit-fahrenheit = °F
unit-kilogram = kg
unit-pound = lb
unit-gram = g
unit-milligram = mg
unit-millilitre = mL
unit-insulin = units
unit-body-mass = kg/m²
unit-metre = m
unit-kilometre = km
unit-centimetre = cm
unit-inch = in
unit-metre-per-second = m/s
unit-kilometre-per-hour = km/h
unit-milligram-per-decilitre = mg/dL
unit-millimole-per-litre = mmol/L
unit-millimole-per-mole = mmol/mol
unit-milligram-per-decilitre-minute = mg/dL per minute
unit-second = s
unit-minute = min
unit-millisecond = ms
unit-microsecond = µs
unit-kilojoule = kJ
unit-kilocalorie = kcal
unit-watt = W
unit-ohm = Ω
unit-microvolt = µV
unit-steps = steps

## Codes of the thermometer and glucose profiles: where, beside which meal, and which medication
site-temperature =
    .is-1 = armpit
    .is-2 = body
    .is-3 = ear
    .is-4 = finger
    .is-5 = digestive tract
    .is-6 = mouth
    .is-7 = rectum
    .is-8 = toe
    .is-9 = eardrum
site-sample =
    .is-1 = finger
    .is-2 = other place
    .is-3 = earlobe
meal =
    .is-1 = before a meal
    .is-2 = after a meal
    .is-3 = fasting
    .is-4 = between meals
    .is-5 = bedtime
carbohydrate =
    .is-1 = breakfast
    .is-2 = lunch
    .is-3 = dinner
    .is-4 = snack
    .is-5 = drink
    .is-6 = supper
    .is-7 = brunch
medication =
    .is-1 = rapid-acting insulin
    .is-2 = short-acting insulin
    .is-3 = intermediate-acting insulin
    .is-4 = long-acting insulin
    .is-5 = pre-mixed insulin

## Quality
quality-no-contact = no skin contact
quality-movement = moved while measuring
quality-cuff-loose = cuff was loose
quality-irregular-pulse = irregular pulse seen
quality-bad-position = wrong position
quality-pulse-range = pulse out of range
quality-converted = converted from another unit
quality-no-device-time = no time from the device: when it arrived
quality-clock-corrected = device clock corrected
quality-link-open = link was not encrypted
quality-typed = typed in
quality-backfilled = from the device's memory
quality-low-signal = weak signal
quality-questionable = the device itself doubts it
quality-imported = from a file
quality-provisional = early estimate
quality-sent-as = sent as { $value }
quality-typed-as = typed as { $value }
quality-note = note: { $text }

## Frame
nav-label = Main
nav-home = Today
nav-devices = Devices
nav-share = Share
nav-permissions = Who can see what
nav-activity = Who opened what
nav-family = Family
nav-members = Members
nav-settings = Settings
nav-inbox = Inbox
nav-code = My code
nav-lock = Lock
band-patient = My own record
band-clinician = Clinician

## First run
first-step = Step { $n } of { $total }
first-looks = Welcome. How should Salus look?
first-looks-hint = Each choice applies at once. You can change it later under Settings.
first-role = What will you use Salus for?
role-patient = My own health record
role-patient-hint = Collect readings from my devices and decide who may see them.
role-clinician = Seeing my patients' readings
role-clinician-hint = Open what patients share with me.
first-who = Who are you?
field-name = Your name
field-name-hint = It appears at the top of every screen and on every permission you give.
field-name-hint-clinician = As your organisation knows you. Patients see it with your organisation's confirmation.
field-passphrase = Passphrase
passphrase-hide = Hide what I type
passphrase-show = Show what I type
strength-label = Strength of the passphrase
strength-empty = Four or more unrelated words are strong and easy to type. You may paste it from a password manager.
strength-short = At least 8 characters.
strength-weak = Weak: it could be guessed quickly. Add words that do not belong together.
strength-fair = Fair. One more word makes it much stronger.
strength-good = Good.
strength-strong = Strong.
first-make = Make my record
key-title = Your recovery key
key-why = If you forget your passphrase, only this key opens your record. It is shown this one time. Nobody else has a copy, not even us.
key-label = Recovery key
key-where = Write it on paper and keep it where you keep your passport, not on this computer.
key-written = I have written it down
key-type-back = Type these two groups from your paper. Then you know that the key is written down, and that it is right.
key-later = Do this later
key-need = Your recovery key is not written down yet.
key-need-why = If you forget your passphrase, only this key opens your record. If you lose this computer, only this key opens its backups. The key that was shown is not shown again: make a new one and write it down. The old one stops working then.
key-need-have = I have it on paper
first-home = Open my record

## Locked
locked-title = { $name }'s record is locked
locked-hint = While it is locked, nothing can be read. No readings come in until you unlock it; then your devices connect by themselves.
locked-hint-receiving = While it is locked, nothing can be read. Your devices go on sending; what they send is kept sealed and appears when you unlock it.
locked-hint-clinician = While it is locked, no shared record can be opened. Patients' permissions go on as they are.
locked-nameless = The name on this record cannot be read right now. It comes back when you unlock it.
locked-damaged = If you have a backup, you can take your record out of it. It becomes a second record beside this one; nothing of this one is overwritten.
locked-open = Unlock
locked-use-key = Use the recovery key instead
locked-use-passphrase = Use the passphrase instead
field-recovery-key = Recovery key

## Home
home-title = Today, { $date }
span-today = today
span-of = ({ $span })
home-empty = Your record is empty.
home-empty-hint = Put on a device you have added, or add one now: its readings appear here by themselves. Or type your first reading.
home-add-device = Go to Devices
said-range = between { $min } and { $max }
said-from = { $n ->
    [one] { $said }, from one reading
   *[other] { $said }, from { $count } readings
}
said-average = { $n ->
    [one] { $value }, from one reading
   *[other] { $value } on average, from { $count } readings
}
sentence-none = There are no readings { $span }.
sentence-beside = { $n ->
    [one] { $what }: 1 reading { $span }. Its values are in the table.
   *[other] { $what }: { $count } readings { $span }. Their values are in the table.
}
figure-latest = Latest reading, { $when }, from { $device }
figure-latest-typed = Latest reading, { $when }, typed in
figure-latest-bare = Latest reading, { $when }
figure-coverage = There are readings for { $percent } % of the minutes so far.
figure-coverage-sensor = Of the readings that the sensor should have sent by now, { $percent } % are here.
variability-heart = Beat-to-beat variability (RMSSD) { $value } ms on average, in { $minutes }-minute windows; { $percent } % of the intervals were left out.
variability-pulse = Pulse-to-pulse variability (RMSSD, optical sensor) { $value } ms on average, in { $minutes }-minute windows; { $percent } % of the intervals were left out.
variability-heart-none = { $percent ->
    [0] Too few heartbeats for the beat-to-beat variability: it takes { $minutes } minutes by the clock, filled to { $least } % with usable ones.
   *[other] Too few heartbeats for the beat-to-beat variability: it takes { $minutes } minutes by the clock, filled to { $least } % with usable ones. { $percent } % were left out.
}
variability-pulse-none = { $percent ->
    [0] Too few pulse waves for the pulse-to-pulse variability: it takes { $minutes } minutes by the clock, filled to { $least } % with usable ones.
   *[other] Too few pulse waves for the pulse-to-pulse variability: it takes { $minutes } minutes by the clock, filled to { $least } % with usable ones. { $percent } % were left out.
}
variability-day = Over 24 hours with at least 18 hours of intervals (SDNN) { $value } ms.
figure-summed-minutes = The picture shows each minute's lowest, highest and average value. The variability between beats is worked out for shorter times only.
figure-summed-hours = The picture shows each hour's lowest, highest and average value. The variability between beats is worked out for shorter times only.
figure-summed-days = The picture shows each day's lowest, highest and average value. The variability between beats is worked out for shorter times only.
figure-days = Only daily summaries are shared: each day's lowest, highest and average value. Days are those of world time (UTC); each can be seen after it is over, at most about 18 hours later.
show-table = Show as a table
show-chart = Show as a chart
chart-label = { $what }: chart with { $n } points. Use the left and right arrow keys to read them one by one.
chart-hint = Point at the chart, or select it and use the arrow keys, to read single values.
chart-gaps = { $n ->
    [one] Nothing was measured for { $length } ({ $span }).
   *[other] There are { $n } gaps in which nothing was measured; the longest is { $length } ({ $span }).
}
chart-before = In this picture nothing was measured before { $when }.
chart-after = In this picture nothing was measured after { $when }.
chart-since = In this picture nothing has been measured since { $when }.
chart-strip = The newest { $n } seconds, in { $unit }. This picture is no medical finding.
table-title = { $what }: readings as a table
table-count = The newest { $shown } of { $total } readings
table-days-title = { $what }: days as a table
table-days-count = { $n ->
    [one] 1 row, the newest first
   *[other] { $n } rows, the newest first
}
table-days-day = Day (UTC)
table-days-what = What
table-days-values = Values
table-days-lowest = Lowest
table-days-average = Average
table-days-highest = Highest
table-days-covered = Part of the day with values
table-when = When
table-from = Device
table-values = { $n } values
table-notes = Notes
from-summary = Details
from-device = Measured by { $device }.
from-device-unnamed = Measured by a device.
from-firmware = firmware { $version }
from-link-encrypted = The link was encrypted.
from-link-open = The link was not encrypted.
from-link-unknown = Whether the link was encrypted is not known.
from-clock-device = The time is the device's.
from-clock-corrected = The time is the device's; its clock was wrong and was corrected.
from-clock-behind = The device's clock was { $length } behind and was corrected.
from-clock-ahead = The device's clock was { $length } ahead and was corrected.
from-clock-arrival = The device sent no time; this is when the reading arrived.
from-clock-instead = The device's time could not be right; this is when the reading arrived.
from-memory = Taken from the device's memory, { $when }.
from-typed = Typed in, { $when }.
from-typed-on-device = The device says that somebody typed this value into it.
from-file = Taken from a file, { $when }.

## Typing a reading
entry-title = Add a reading
entry-what = What did you measure?
entry-unit = Unit
entry-unit-of = Unit of: { $what }
entry-optional = { $what }, optional
entry-pressure-hint = You can type all of it in the first field, like 128/79 or 128/79/61.
entry-more = More values, all optional
entry-not-said = Not said
entry-when = When
entry-note = Note for yourself, optional
entry-store = Store this reading
entry-close = Close
entry-nothing = Please type at least one value.
entry-missing = Please type this value too: the upper and the lower value belong together.
entry-not-a-number = This is not a number.
entry-out-of-range = This value cannot be right. Check the number and the unit.
entry-no-time = Please type the day and the time like 2026-11-22 14:05.
entry-to-come = This time is still to come.
entry-too-long = This note is longer than 500 letters.
entry-stored = Stored: { $what }, { $when }.
entry-undo = Undo
entry-seen = All right
entry-taken-back = Taken back. This reading is no longer in your record.
entry-too-late = Too late to take it back: this reading is sealed already and stays in your record.

## Deleting readings for ever
delete-open = Delete readings of { $what }…
delete-title = Delete readings: { $what }
delete-from = From
delete-to = Until
delete-no-span = Please type two times, the earlier one first.
delete-look = Show what would go
delete-nothing = There is nothing to delete yet: this time is still running, or still to come. Try again in about an hour.
delete-sentence = { $n ->
    [one] 1 reading ({ $what }) goes for ever, from { $from } until { $to }.
   *[other] { $count } readings ({ $what }) go for ever, from { $from } until { $to }.
}
delete-whole-parts = Readings are sealed in parts of about an hour. A part goes whole, so that everything you asked for is surely gone; the times above are exact. What arrives for this time later is not kept.
delete-final = This is final. Once the backups that still hold these readings are replaced, nobody can bring them back, neither with the passphrase nor with the recovery key.
delete-backups = A new backup without them takes the place of your older backups by itself: soon, or, if the disk for it is away or something else is running, soon after that. Until then, the page of backups says so. Copies of backups that you made yourself, or in a folder that you used before, stay as they are: your recovery key still opens them.
delete-laptops = Your other laptops keep these readings until you delete them there too. Do that on each of them.
delete-opened = Somebody has opened readings with a permission for this time. What has already been opened cannot be taken back.
delete-holder = { $name } holds a permission for this time and can open what was shared until { $end }, or until you stop it. Stop it first if you do not want that.
delete-changed = Meanwhile other readings are there. Look again at what would go.
delete-passphrase = Your passphrase
delete-yes = { $n ->
    [one] Delete 1 reading for ever
   *[other] Delete { $count } readings for ever
}
delete-keep = Keep them
delete-done = { $n ->
    [one] 1 reading was deleted for ever, from { $from } until { $to }.
   *[other] { $count } readings were deleted for ever, from { $from } until { $to }.
}
deleted-title = Deleted for ever
deleted-line = { $n ->
    [one] { $what }, 1 reading, from { $from } until { $to }.
   *[other] { $what }, { $count } readings, from { $from } until { $to }.
}
deleted-refused = { $n ->
    [one] 1 reading arrived for this time afterwards and was not kept.
   *[other] { $count } readings arrived for this time afterwards and were not kept.
}

## Whose is it
whose-wait = { $n ->
    [one] 1 reading of { $names } waits: whose is it?
   *[other] { $count } readings of { $names } wait: whose are they?
}
whose-look = { $n ->
    [one] Look at it
   *[other] Look at them
}
whose-title = Whose readings are these?
whose-hint = A device that several people use does not know your name, only a number. Say once who it is; later readings follow by themselves.
whose-user = User { $n } on this device
whose-user-unknown = Somebody this device does not know
whose-count = { $n ->
    [one] 1 reading waits ({ $what }), from { $when }.
   *[other] { $count } readings wait ({ $what }), the first from { $when }.
}
whose-newest = The newest, { $when }
whose-mine = { $n ->
    [one] It is mine
   *[other] They are mine
}
whose-not-mine = Not mine
whose-later = Decide later
whose-taken = { $n ->
    [one] 1 reading is in your record now.
   *[other] { $count } readings are in your record now.
}
whose-left-out = { $user } ({ $name }): left out of your record from now on.
whose-leave-title = { $n ->
    [one] Leave out this reading of { $name }?
   *[other] Leave out these readings of { $name }?
}
whose-leave-sentence = { $n ->
    [one] { $user }: 1 reading is removed from here, and later ones of the same user are not kept.
   *[other] { $user }: { $count } readings are removed from here, and later ones of the same user are not kept.
}
whose-leave-yes = { $n ->
    [one] Leave it out
   *[other] Leave them out
}
whose-none = Nothing waits any more.
whose-none-hint = When a device sends readings of a user whom you have not named, they wait here.

## Devices
devices-title = Devices
devices-empty = No device yet.
devices-none-found = No device was found.
devices-empty-hint = Switch your device on, keep it within two metres, and look for it. Straps, cuffs, oximeters, thermometers, scales and glucose meters with Bluetooth work.
devices-scan = Look for devices
devices-scanning = Looking for devices in range…
devices-found = In range, not added
device-add = Add { $name }
device-remove = Remove { $name }
device-remove-title = Remove { $name }?
device-remove-sentence = Salus stops receiving from { $name } and forgets it. The readings you already have from it stay.
device-remove-yes = Remove this device
device-keep = Keep it
device-found = In range
device-connecting = Connecting
device-connected = Sending
device-waiting = Not connected
adapter-silent = Bluetooth is on but hears nothing. If your devices are on and close, unplug the adapter and plug it in again, or restart the computer.
adapter-restarted = Bluetooth heard nothing for a while, so Salus restarted it, { $when }.
device-pairing = Pairing
device-pair-first = Pair first
device-pair-again = Pair again
device-pair-first-hint = This device sends only after it has been paired with this computer. Keep it at hand: it may show six digits.
device-pair-again-hint = This device and this computer no longer know each other. Pair them again. The readings you already have stay.
device-pair = Pair { $name }
pair-title = Pair { $name }
pair-working = Talking to { $name }… Keep it switched on and close.
pair-enter = Enter the six digits that { $name } shows.
pair-enter-hint = Six digits. If it shows none, look on the device or in its booklet.
pair-send = Pair
pair-compare = Does { $name } show the same six digits?
pair-same = They are the same
pair-differ = They differ
pair-type = Type these six digits on { $name }.
pair-typed = { $n ->
    [one] One digit typed
   *[other] { $n } digits typed
}
pair-allow = { $name } wants to pair, and has no digits to compare. Go on only if it is the device in your hand.
pair-yes = Pair it
pair-again = Try again
pair-stop = Do not pair
pair-close = Close
device-measures = Measures: { $what }
device-measures-unknown = It says what it measures once it is connected.
device-last = { $n ->
    [one] Last reading { $when }, 1 stored
   *[other] Last reading { $when }, { $count } stored
}
device-from-memory = { $n ->
    [one] 1 reading stored, from its memory
   *[other] { $count } readings stored, from its memory
}
device-no-reading = No reading yet
device-waiting-hint = It connects by itself when it is switched on and near this computer.
device-memory-asked = Asking for the readings in its memory…
device-memory-fetching = { $arrived ->
    [one] Fetching the readings in its memory: 1 so far.
   *[other] Fetching the readings in its memory: { $count } so far.
}
device-memory-counted = Fetching the readings in its memory: { $count } of { $all }.
device-memory-fetched = { $arrived ->
    [0] There was nothing new in its memory.
    [one] Its memory was read to the end: 1 reading.
   *[other] Its memory was read to the end: { $count } readings.
}
device-memory-unfinished = { $arrived ->
    [0] The readings in its memory have not been fetched. It is asked again the next time it connects.
    [one] Its memory was not read to the end: 1 reading arrived. It is asked again the next time it connects.
   *[other] Its memory was not read to the end: { $count } readings arrived. It is asked again the next time it connects.
}
device-memory-stop = Stop fetching
device-memory-stopping = Telling the device to stop…
device-memory-stopped = { $arrived ->
    [0] You stopped fetching the readings in its memory. They stay in the device; new ones come all the same. Salus does not ask for them until you want it, or is started again.
    [one] You stopped fetching the readings in its memory: 1 reading arrived. The others stay in the device; new ones come all the same. Salus does not ask for them until you want it, or is started again.
   *[other] You stopped fetching the readings in its memory: { $count } readings arrived. The others stay in the device; new ones come all the same. Salus does not ask for them until you want it, or is started again.
}
device-memory-again = Fetch them now
device-memory-refused = It does not give out the readings in its memory. New readings come all the same.
device-battery = Battery { $percent } %
device-battery-low = The battery is low. Change or charge it soon.
device-clock-behind = This device's clock is { $length } behind. Its readings are stored with the right time.
device-clock-ahead = This device's clock is { $length } ahead. Its readings are stored with the right time.
device-clock-set = Set the clock of { $name } when it connects
device-clock-refused = It was to be set, and the device did not take the time. Set it on the device itself.
device-wheel-usual = Its speed is worked out for the most usual wheel: { $mm } mm for one turn.
device-wheel = Its speed is worked out for your wheel: { $mm } mm for one turn.
device-wheel-change = Set the wheel
device-wheel-title = How far does one turn of the wheel go?
device-wheel-hint = Mark the tyre where it touches the ground, push the bicycle one turn of the wheel, and measure the way in millimetres. The table in a bicycle computer's booklet has it too. Speeds that are stored already stay as they are.
device-wheel-label = One turn of the wheel, in millimetres
device-wheel-wrong = Between { $least } and { $most } mm.
device-wheel-back = Use the usual wheel
device-clock-own = It cannot be set from here. Set it on the device itself.
ecg-start = Record an electrocardiogram, { $n } seconds
ecg-starting = Telling the device…
ecg-running = Recording until { $when }. Sit still and breathe calmly.
ecg-stop = Stop recording
ecg-done = Recorded and stored.
ecg-look = Look at it
ecg-charging = The device is on its charger. Put it on, and record again.
ecg-refused = The device does not record now. Wet its electrodes, put it on, and record again.
ecg-no-answer = The device did not answer. Put it on, and record again.
ecg-cut = The recording ended too soon. What was measured until then is stored. Keep the device on and close, then record again.
device-person-unsaid = This device keeps several people apart. It sends your readings once it knows who you are.
device-person-new = Add me to { $name }
device-person-known = I have a number on it
device-person-asking = { $name } is being asked. If it is not connected, switch it on or step on it.
device-person-is = You are number { $user } on this device. Your code on it is { $code }.
device-person-change = Change my number on { $name }
device-person-not-added = { $name } did not add you. It has no room, or people are added only on the device itself. Add yourself there, then enter your number and code here.
device-person-not-known = { $name } does not know this number with this code. Check both on the device.
device-person-no-answer = { $name } did not answer. Before you try again, look on the device whether it has added you.
device-person-title = Your number on { $name }
device-person-hint = The device shows your number and your code when you make a user on it. Its booklet says where to find them.
device-person-number = Number
device-person-too-great = The number is at most 254.
device-person-code = Code
device-person-code-hint = Up to four digits
device-person-save = Save
device-person-nobody = Forget my number
device-person-close = Cancel
device-overheard = This device announces its readings to everybody nearby. It needs no connection.
device-link-open = The link to this device is not encrypted. Somebody close by could listen in.
device-claimed-twice = Another of your devices says, at the same time, that it is this one. What this one sends is set aside until you say that it is yours.
device-services-changed = What this device offers is not the same as when you added it. An update of the device can be the reason. What it sends is set aside until you say that it is yours.
device-accept = { $name } is mine
device-quarantined = { $n ->
    [one] 1 message was set aside.
   *[other] { $n } messages were set aside.
}
device-copies = { $n ->
    [one] 1 reading came again; it is stored once.
   *[other] { $count } readings came again; each is stored once.
}
aside-malformed = Damaged: { $count }.
aside-impossible = With a value that no body has: { $count }.
aside-too-frequent = Too many at once: { $count }.
aside-no-value = Without a value: { $count }.
aside-above-range = Above what the device can measure: { $count }.
aside-below-range = Below what the device can measure: { $count }.
aside-unresolved = Not exact enough for the device itself: { $count }.
aside-reserved = With a code that has no meaning yet: { $count }.
aside-not-the-patient = A demonstration, a test or a control solution: { $count }.
aside-unsupported = Of a kind that Salus does not know: { $count }.
aside-doubted = While it was not certain that the device is yours: { $count }.
aside-no-room = Of people you have not named, when too many were waiting: { $count }.
aside-earlier = Counted before reasons were kept: { $count }.

## Share
share-code-title = Share readings with a clinician
share-code-hint = Ask your clinician for a Salus code. They can send it as text or as a file.
share-code-label = The clinician's code
share-code-file = Or choose the file you were given
share-code-check = Check who this is
check-code = This is a code of { $name }. What to do with it follows.
check-request = This is a request in the name of { $name }. What to do with it follows.
check-clinician = { $name } can be chosen above now.
check-clinician-known = You know this clinician already: they are above.
check-second = This is a question from { $name }.
check-laptop = The code was read. Both laptops get to know each other.
check-laptop-new = Your code is ready for the other laptop.
groups-title = Or those who are on duty
groups-hint = Some organisations have people on duty whom you cannot know beforehand. Whoever of them opens your readings does it under their own name, and you are told who it was.
groups-choose = Share with { $role }, { $organisation }
choose-title = Share with { $name }
choose-proven = The confirmation was checked just now.
choose-on-duty = This is for nobody by name: whoever is on duty there can open it, at that moment only. The organisation decides whom it has on duty, and you are told who opened. Your name and what you share are shown to those on duty before they open anything.
choose-what = What may { $name } see?
choose-more = More
choose-more-hint = Your record holds no readings of these yet. What you choose covers those that come.
choose-readings = Which readings?
readings-week-and-new = The last 7 days, and new ones until the permission ends
readings-today-and-new = From today on, until the permission ends
readings-dates = Only between two dates
readings-from = First day
readings-to = Last day
choose-until = How long may { $name } open them?
until-days = { $n ->
    [one] For 1 day
    [14] For 2 weeks
   *[other] For { $n } days
}
until-date = Until a date
until-end-date = Last day
until-end-time = Time
window-no-date = Please type each date as year-month-day, for example 2026-12-14, and the time as 18:00.
window-backwards = The last day is before the first day.
window-end-passed = This end has already passed. Choose a later one.
window-too-long = A permission can last a year at most. You can give a new one then.
choose-nothing = Do not give anything
share-nothing = You gave nothing
share-nothing-hint = Nothing was sent. Neither { $name } nor anybody else is told.
choose-detail = In how much detail may { $name } see them?
detail-readings = Every reading
detail-days = Only daily summaries, no readings
detail-days-hint = For each day by world time (UTC): how many values, the lowest, the highest, the average, and how much of the day they cover. Of a day with one value it is that value. A day can be seen only after it is over, at most about 18 hours later.
choose-when = When may { $name } open them?
limit-whenever = Whenever they like, until the permission ends
limit-hours = Only at these hours
limit-hours-from = From
limit-hours-to = Until
limit-hours-hint = Every day, by the clock as it is here today ({ $zone }). Summer time does not change these hours.
limit-appointment = Around an appointment
limit-appointment-date = Day
limit-appointment-time = Time
limit-appointment-hint = From two hours before it to two hours after.
limit-second = Only together with a second clinician
limit-second-hint = Another clinician whom a member has confirmed must agree each time { $name } opens it. The members refuse one person as both, as far as they know who it is. You see it under “Who opened what”.
limit-no-time = Please type each time as 18:00.
limit-same-time = These hours begin and end at the same time. For the whole day, choose “Whenever they like”.
limit-no-date = Please type the day as year-month-day, for example 2026-12-14, and the time as 10:00.
limit-outside = The appointment is not within the time of the permission. Choose another day, or a later end.
choose-preview = See what { $name } will see
preview-title = What { $name } will see
preview-hint = This is everything the permission covers now. { $name } sees nothing else of your record by it.
preview-count = { $n ->
    [one] { $what }: 1 reading
   *[other] { $what }: { $count } readings
}
preview-days = { $n ->
    [one] { $what }: 1 day
   *[other] { $what }: { $count } days
}
preview-open = Show it as { $name } will see it
confirm-title = You are about to sign this
confirm-passphrase = Your passphrase, to sign
confirm-issue = Give { $name } this permission
confirm-working = Giving the permission. The members are confirming it.
share-done = { $name } has your permission
share-done-hint = You can stop it at any time under “Who can see what”.

## What a clinician asks for
purpose-treatment = Treatment
purpose-treatment-inline = for treatment
purpose-follow-up = Follow-up after a visit
purpose-follow-up-inline = to follow up after a visit
purpose-medication = Review of medication
purpose-medication-inline = to review medication
purpose-second-opinion = Second opinion
purpose-second-opinion-inline = for a second opinion
asked-sentence = { $name } asks for: { $what } { $days }, for { $length }, { $purpose }.
asked-back = { $n ->
    [one] of today
   *[other] of the last { $n } days
}
asked-ahead = { $n ->
    [one] of the next day
   *[other] of the next { $n } days
}
asked-both = { $back } and { $ahead }
asked-words = { $name } wrote:
asked-filled = This is filled in below. You can give less, or nothing at all.
asked-purpose = Purpose given: { $purpose }
readings-asked = Those { $days }, as asked
wider-what = More than was asked for: other kinds of readings.
wider-readings = More than was asked for: readings from other times.
wider-until = More than was asked for: a longer permission.

## Permissions
permissions-title = { $n ->
    [0] Nobody has your permission
    [one] 1 permission is open
   *[other] { $n } permissions are open
}
permissions-empty = You have not given any permission that is still open.
permissions-empty-hint = Whoever you share readings with appears here, and you can stop it here.
permissions-over = Ended and stopped
permission-stop = Stop this permission
permission-now = { $name } can see { $what }, measured { $span }, until { $until }, and nothing else by this permission.
permission-later = From { $from } until { $until }, { $name } will be able to see { $what }, measured { $span }, and nothing else by this permission.
permission-over = { $name } could see { $what }, measured { $span }. Nothing new can be opened with it any more.
permission-over-stopped = { $name } could see { $what }, measured { $span }. It was stopped: within about an hour of that, nobody can open new readings with it.
permission-keys-due = Your record has new keys. Salus gives this permission again under them, with the same conditions, as soon as it reaches the members. Until then it shows nothing that is measured from now on.
permission-keys-left = Your record has new keys, and this permission shows nothing that was measured since. Salus does not give it again by itself. Give a new one if you want to go on sharing.
permission-keys-again = Given again under new keys, with the same conditions. The one in its place is listed by itself.
permission-keys-in-place = Given again by Salus under new keys, with the same conditions as before.
permission-openings = { $n ->
    [0] Not opened yet
    [one] Opened once
   *[other] Opened { $n } times
}
permission-holding = { $n } of { $total } members hold their part
permission-erased = { $n } of { $total } members confirmed deletion
permission-holding-alone = { $n ->
    [0] The member does not hold its part yet
   *[other] The member holds its part
}
permission-erased-alone = { $n ->
    [0] The member has not confirmed deletion yet
   *[other] The member confirmed deletion
}
clinician-attested = Confirmed by { $member }
on-duty-standing = Whoever is on duty there, confirmed by { $member }
unconfirmed-withdrawn = { $member } withdrew its confirmation of { $name }.
unconfirmed-suspended = { $member } does not confirm { $name } for now.
unconfirmed-ran-out = The confirmation of { $name } by { $member } has run out.
unconfirmed-goes-on = The permission goes on until it ends or you stop it.
unconfirmed-stop = Stop this permission if you do not know why.
unconfirmed-open = See the permission
terms-what = Readings
terms-readings-of = Measured
terms-from = Can be opened from
terms-until = Ends
terms-ended = Ended
terms-was-until = Would have ended
condition-whenever = Whenever they like, until it ends.
condition-hours = Only between { $from } and { $to } of each day, by the clock of { $zone }. Summer time does not change this.
condition-appointment = Only around the appointment, { $when }: from two hours before to two hours after.
condition-two = Only together with a second confirmed clinician, who agrees to each opening.
condition-daily = Only daily summaries and no readings: for each day that is over, how many values, the lowest, the highest, the average, and how much of the day they cover.
condition-daily-and = Only daily summaries of days that are over, and no readings. { $more }
condition-on-duty = Only by somebody whom the organisation has on duty at that moment. You are told who it was.
condition-emergency = Only in an emergency, with the reason: at once when a second clinician agrees, or half an hour after announcing it; and for four hours from the first opening on.
condition-other = Only as the rule below permits. Salus has no sentence for it.
policy-open = The exact rule
policy-hint = The members judge each opening by this text.
state-pending = Being confirmed
state-not-yet = Not started
state-active = Open
state-ended = Ended
state-stopped = Stopped
stop-title = Stop { $name }'s permission?
stop-sentence = { $name } will no longer be able to open new readings from your record ({ $what }).
stop-yes = Stop { $name }'s permission
stop-no = Leave it open
stop-working = Stopping. The members are confirming it.
proof-summary = { $n ->
    [one] Proven: signed by 1 member
   *[other] Proven: signed by { $n } members
}
proof-by = Signed by
proof-at = Recorded
proof-number = Entry number
proof-fingerprint = Fingerprint

## Activity
activity-title = Who opened what
activity-complete = This list is complete, proven up to { $when }.
activity-incomplete = This list could not be proven complete right now. Openings may be missing until the members can be reached.
activity-elsewhere = What you permit on another laptop appears here once that laptop has told of it. What helpers permit for you is listed on your first laptop.
activity-empty = Nothing has happened yet.
activity-empty-hint = When you give a permission, and each time somebody opens your readings, it appears here.
activity-given = You gave { $name } a permission.
activity-given-laptop = You gave { $name } a permission, on another laptop of yours.
activity-given-salus = Salus gave { $name }'s permission again under new keys, with the same conditions.
activity-given-helper = { $helper }, who helps you, gave { $name } a permission.
activity-given-somebody = Somebody who helps you gave { $name } a permission.
activity-opened = { $name } opened your readings.
activity-second = A second clinician, confirmed by { $member }, agreed.
activity-by-another = Another clinician than { $name } opened this. Talk to { $name }.
activity-on-duty = On duty for { $group }.
activity-on-duty-unknown = Somebody on duty for { $group }. The organisation has not said yet who it was; Salus asks again.
activity-stopped = You stopped { $name }'s permission.
activity-stopped-salus = Salus stopped the earlier permission of { $name }: the one that it gave again is in its place.
activity-stopped-other = { $name }'s permission was stopped.
activity-ended = { $name }'s permission ended.
activity-erased = Every member that held a part, as far as is recorded, confirmed deletion for { $name }'s permission.

## Emergency card
nav-emergency = Emergency
card-name = Emergency card
card-title = Emergency card
card-yours = Your card
card-open = Open the emergency card
card-why = A printed card opens a few of your readings in an emergency, when you cannot be asked. It holds a code, and nothing about your health.
card-how = Whoever uses it has to say why. When two clinicians agree it opens at once. One alone has to announce it first and wait half an hour; the announcement is shown here while Salus is open, and you can stop the card. It opens for four hours, once.
card-found = Whoever finds the card can announce an emergency with it too. If you lose it, stop it here.
card-none = You have no emergency card.
card-first = Emergency cards are made on your first laptop.
card-first-why = It names them to those who help you, so that they hear of it when somebody uses one.
card-what = What it opens, of the 30 days before an emergency
card-most = At most { $n } of them: it is for what helps first.
card-call = Whom to call, printed on the card
card-call-hint = A name and a number. Salus itself tells nobody but you; whoever uses the card is asked to call.
card-make = Make an emergency card
card-replace = Make a new card
card-replace-hint = The card that you have now is stopped once the new one works. Throw the old paper away.
card-working = Making the card. The members are confirming it.
card-until = Works until
card-called = Asks to call
card-nobody = Nobody
card-show = Show the card to print it
card-print = Print
card-hide = Hide the card
card-lost = Stop the card
card-stop-title = Stop your emergency card?
card-stop-sentence = Nobody can use the paper for anything new then. You can make a new card at any time.
card-stop-yes = Stop the card
card-before-loss = This card is from before your laptop was lost. Whoever has that laptop could put false readings behind it, and it shows nothing that was measured since. Make a new card, and throw the old paper away.
card-used = This card was announced or opened. Make a new one: for a day after its announcement this one gives no second notice.
print-heading = In an emergency
print-scan = Clinicians: in Salus, choose “Emergency”, and take this code from a photo, or type the text below.
print-why = Say why. With a second clinician it opens at once; alone, half an hour after you announce it.
print-end = It opens for four hours. Each opening is recorded, and { $name } sees it.
print-call = Please call: { $who }
print-until = Works until { $date }
print-picture = The code of this card
uses-title = What happened with it
uses-none = Nobody has used an emergency card of yours.
uses-incomplete = This list could not be proven complete right now. Something may be missing until the members can be reached.
use-announced = Somebody announced an emergency with your card: { $reason }.
use-opened = Your readings were opened in an emergency: { $reason }.
use-by = { $member } confirms the clinician who did it and answers for it, and knows them by this number:
use-by-nobody = No clinician whom a member confirms answers for it.
use-right = It was right
use-object = I object
use-second-by = A second clinician, whom { $member } confirms, agreed to it.
use-say-hint = What you say is recorded with the members, once and for good. The organisation that confirms the clinician sees an objection.
use-say-elsewhere = This was with the card of your first laptop. What you say to it, you say there.
use-stop = I object, and stop the card
use-said-right = You said that it was right.
use-said-object = You objected.
use-said-stop = You objected and stopped the card. Within about an hour nobody can open new readings with it.
use-said-where = The organisation that confirms the clinician sees your objection, and knows the clinician by the number above. It does not know who you are: to have it looked into, show it this entry.
use-helper-you = You
use-helper-right = { $when }, { $name }: it was right.
use-helper-object = { $when }, { $name }: I object.
use-helper-stop = { $when }, { $name }: I object, and the card is stopped.
note-announced = { $when }: somebody announced an emergency with your card. If there is none, stop the card now.
note-opened = { $when }: your readings were opened in an emergency. Look at it, and make a new card.
note-open = Go to the emergency card
reason-unconscious = the person is unconscious
reason-cannot-answer = the person cannot answer
reason-danger = the person's life is in danger
reason-cannot-decide = the person is confused and cannot decide
reason-other = another emergency

## Opening in an emergency
emergency-title = Emergency
emergency-why = When a patient who cannot be asked carries a Salus emergency card, it opens a few of their readings.
emergency-card = The card's text: type it, or take it from a photo of the card
emergency-file = Or choose a file with the text
emergency-read = Read the card
emergency-back = Use another card
emergency-opens = The card opens { $what } of the last 30 days.
emergency-recorded = Announcing and opening are recorded with the reason, and with you as the one who answers for it. The patient sees it and can object.
emergency-reason = Why is it opened?
emergency-two = With a second clinician, at once
emergency-two-hint = Your colleague chooses “Emergency” in their own Salus, enters this text, and gives you an answer. It has to be another person: the members check it.
emergency-ask = Ask a colleague
emergency-ask-label = For your colleague
emergency-word = Your colleague's answer
emergency-open = Open the readings
emergency-alone = Alone, half an hour after announcing it
emergency-alone-hint = The patient and whoever looks after their record can answer for half an hour by stopping the card. What a colleague announced does not count for you.
emergency-announce = Announce the emergency
emergency-announced = You announced it { $when }. You can open from { $from } on, unless the card is stopped before.
emergency-until = First opened { $when }. It can be opened until { $until }.
emergency-agree = Agree for a colleague
emergency-agree-hint = A colleague who holds a patient's card can ask you to agree that it opens at once. Agree only when you know who asks and why.
emergency-agree-label = Your colleague's text
emergency-agree-yes = Agree
emergency-answer-label = Your answer, to give back

## Members
members-title = Members
members-short = Who the members are, how many of them have to act together, and how new their last confirmation is.
members-open = See the members
members-sentence = { $total ->
    [one] 1 organisation keeps your permissions. Opening what you shared takes this one alone.
   *[other] { $total } organisations keep your permissions together. Opening what you shared takes at least { $threshold } of them acting together.
}
members-sentence-clinician = { $total ->
    [one] 1 organisation keeps patients' permissions. Opening what they shared takes this one alone.
   *[other] { $total } organisations keep patients' permissions together. Opening what they shared takes at least { $threshold } of them acting together.
}
members-anchored = The members hold a seal of your record's state, last renewed { $at }. Nobody can read anything from it; it shows you when an older copy is put in the record's place.
members-computer = This computer
members-enrolled = This computer has been enrolled with the members since { $date }: clinicians see that your readings come from it.
members-withdrawn = This computer's enrolment was withdrawn on { $date }. Clinicians see that beside later readings.
withdraw = Withdraw the enrolment of this computer
withdraw-title = Withdraw the enrolment of this computer?
withdraw-from-now = From now on, clinicians no longer see that new readings come from an enrolled computer. They see a caution beside them instead.
withdraw-stays = Your readings and your permissions stay. Clinicians still see from when to when this computer was enrolled.
withdraw-for-good = This cannot be undone: the computer cannot be enrolled again with this record. It makes sense before you give the computer away, or when you think that somebody else used it.
withdraw-yes = Withdraw the enrolment
withdraw-no = Keep it
withdraw-working = Withdrawing. The members are confirming it.
members-first = Asking the members for their newest confirmation. Until it is proven, nothing is shared or opened; everything else works.
members-out-of-date = Out of date: nothing new can be opened until the members are reached again. Check this computer's connection.
members-fresh = { $n ->
    [one] Newest confirmation 1 second ago.
   *[other] Newest confirmation { $n } seconds ago.
}
member-reachable = Answers
member-silent = Does not answer

## Settings
settings-title = Settings
settings-language = Language
settings-text = Text size
settings-text-percent = { $percent } %
settings-theme = Colours
theme-system = As this computer is set
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
settings-keyboard = Keyboard
settings-shortcut = The letter N opens “Add a reading”, and a question mark shows the keys
settings-about = What Salus promises
verify-title = Is your record whole?
verify-what = Salus can look at everything in your record and tell whether it is as it was written. You can go on using it meanwhile.
verify-start = Verify my record
verify-working = Verifying your record
verify-cancel = Cancel
verify-cancelled = You cancelled it. Nothing was changed.
verify-failed = The record could not be read to its end. Try again; if it happens again, look whether the disk is in order.
verify-whole = Everything is as it was written: { $readings } readings, verified { $at }.
verify-damaged = { $n ->
    [one] 1 part of your record is damaged, as of { $at }.
   *[other] { $n } parts of your record are damaged, as of { $at }.
}
verify-readings-whole = All { $readings } readings are as they were written, verified { $at }.
verify-overviews = { $n ->
    [one] 1 overview that Salus keeps of them was wrong. No reading was lost, and none was changed.
   *[other] { $n } overviews that Salus keeps of them were wrong. No reading was lost, and none was changed.
}
verify-copies = { $n ->
    [one] 1 list that Salus keeps of them was wrong. No reading was lost, and none was changed.
   *[other] { $n } lists and overviews that Salus keeps of them were wrong. No reading was lost, and none was changed.
}
verify-waiting = { $n ->
    [one] 1 more reading came while your record was locked. It is as it was written, and waits to be taken in.
   *[other] { $n } more readings came while your record was locked. They are as they were written, and wait to be taken in.
}
verify-rest = { $readings } readings are as they were written and can be used. No reading was changed. If you have a backup, the damaged parts may be whole there.
series-damaged = { $n ->
    [one] About one hour of this time is damaged. What of it can be read is shown, and the rest is as it was written.
   *[other] About { $n } hours of this time are damaged. What of them can be read is shown, and the rest is as it was written.
}
verify-more = { $n ->
    [one] And 1 more.
   *[other] And { $n } more.
}
damage-keys = The file that opens your record: once closed, the record may not open again.
damage-history = The record's own list of what was stored.
damage-value = A setting, a note, a device or a permission.
damage-readings = { $what }, { $when }: some readings cannot be read.
damage-other = { $what }, { $when }: readings are missing, or are older than the list says.
damage-waiting = { $n ->
    [one] What came once while your record was locked cannot be read.
   *[other] What came { $n } times while your record was locked cannot be read.
}
damage-copies = { $what }, { $when }: the list by which Salus knows readings that a device sends again was wrong. The readings are whole; one that is sent again may be there twice.
damage-stray-copies = Entries of the list by which Salus knows readings that a device sends again. No reading is lost; one that is sent again may be there twice.
damage-overview = { $what }, { $when }: the overview was wrong. The readings are whole, and Salus makes it anew from them.
damage-overviews = Overviews that belong to no day of your record. Nothing is shown from them.
damage-overviews-removed = Overviews that belonged to no day of your record. Nothing was shown from them, and Salus removed them.

## A record that is not the one that was here last
damaged-title = Part of your record is damaged.
damaged-happened = Some settings, notes, devices or permissions cannot be read any more. Everything else can be used. If you have a backup, they may be whole there.
damaged-look = See what is damaged
read-only-title = Your record can only be read.
read-only-happened = The folder that it is in cannot be written. You can read everything in it; nothing is stored: no new readings, no permissions.
read-only-fix = If the disk was made read-only by the system, it may be failing: make a copy of the folder now. Then lock and unlock the record again.
older-title = This is an older copy of your record.
older-happened = Salus had stored more than this copy holds. Perhaps a backup was put back, or somebody exchanged the folder.
older-meanwhile = You can read everything in it. Until you decide, nothing is stored: no new readings, no permissions.
older-question = Go on with this older copy?
older-consequence = What was stored after this copy was made is not in it. If you did not put it back yourself, do not go on: look for the newer record first.
older-remembered = The record remembers this choice.
older-yes = I put back an older copy on purpose
older-no = Not now
unknown-title = The record's own list of what was stored is damaged.
unknown-happened = Salus cannot tell whether this is the newest copy of your record.
unknown-question = Go on with the record as it is?
unknown-consequence = Salus begins the list anew from what is in the record now. What was lost before, if anything, can then no longer be found out.
unknown-yes = Go on with it as it is

## Backups, a lost laptop, everything in one file, several people's records
work-stop = Stop
stopped-backup = The backup that you began was stopped, because your record was locked.
stopped-rehearsal = The test of your backup was stopped, because your record was locked.
stopped-export = The file that you were saving was not finished, because your record was locked.
stopped-verification = Verifying your record was stopped, because it was locked.
stopped-again = Nothing half finished was kept. Start it again when you have the time.
stopped-away = Put this away
backups-title = Backups
backups-short = A copy of your record is made once a day. Only your printed recovery key opens it.
backups-open = See the backups
backups-newest = The newest backup is from { $when }.
backups-none = There is no backup yet. One is made soon after unlocking, and then once a day.
backups-not-ready = Backups start once you have typed your recovery key here: it is what will open them. Type it under “Test with the paper”.
backups-rewriting = The backups still hold readings that you deleted for ever. A new backup takes their place by itself, as soon as the disk is there and nothing else is running.
backups-need-key = No backups are made of your record yet. Type your recovery key once, and they begin.
backups-need-look = No new backup could be made of your record. The older ones are kept.
backups-need-test = It is time to test your backup with the paper, so that you know that the two fit together. It takes a few minutes.
backups-how = Each backup is one encrypted file, checked after it was written. Only your printed recovery key opens it, on this computer or another one.
backups-make = Make a backup now
backups-working = Making a backup and checking it
backups-where = Where they are
backups-own = In the folder of your record, on this computer. If the computer is lost, so are they: choose a folder on another disk.
backups-folder = In the folder “{ $name }” that you chose. If it is on a disk that you plug in, a backup is made when the disk is there.
backups-choose = Choose another folder
backups-use-own = Use the record's own folder again
backups-kept = { $n ->
    [one] 1 backup
   *[other] { $n } backups
}
backups-rule = Salus keeps the newest backup of each of the last 7 days, 4 weeks and 12 months in which one was made.
backups-more = { $n ->
    [one] And 1 more.
   *[other] And { $n } more.
}
rehearse-title = Test with the paper
rehearse-why = Type the recovery key from your paper. Salus opens the newest backup with it, reads everything in it, and removes what it took out again. This shows that the paper and the backup fit together.
rehearse-due = The last test is more than three months ago. Please do it again.
rehearse-last = Tested { $when }.
rehearse-start = Test the newest backup
rehearse-working = Opening the backup and reading all of it
rehearse-done = { $n ->
    [one] The backup of { $when } opens with your paper, and its one reading can be read.
   *[other] The backup of { $when } opens with your paper, and all of its { $n } readings can be read.
}
export-title = Everything in one file
export-what = All readings in a format that other programs open: a table (CSV) for a spreadsheet, or JSON Lines for a program. Each value comes with its unit, its codes, and where it came from.
export-fhir-what = Permissions and openings as FHIR, which other health programs read: to whom you gave a permission, what was opened with it, and which devices your readings come from. The members are asked for proof of each. The readings themselves are not in it.
export-open = This file is not encrypted. Whoever has it can read it.
export-csv = Save as a table (CSV)
export-json = Save as JSON Lines
export-fhir = Save permissions and openings (FHIR)
export-working = Writing the file
export-shared = { $n ->
    [0] The file holds no permission: you have given none. Openings in it: { $openings }.
    [one] The file holds your 1 permission. Openings in it: { $openings }.
   *[other] The file holds your { $n } permissions. Openings in it: { $openings }.
}
export-earlier = The members did not prove every permission just now. What was proven before is in the file and marked as that; openings may be missing.
export-done = { $n ->
    [one] The file holds your 1 reading.
   *[other] The file holds your { $n } readings.
}
export-unclaimed = { $n ->
    [one] 1 more is in it that waits for you to say whose it is. It is marked “unclaimed”.
   *[other] { $count } more are in it that wait for you to say whose they are. They are marked “unclaimed”.
}
export-damaged = { $n ->
    [one] One hour of your record is damaged. What of it can be read is in the file. A backup may have all of it.
   *[other] { $n } hours of your record are damaged. What of them can be read is in the file. A backup may have all of them.
}
restore-have = I have a backup
helpers-have = People can help me to get back in
helpers-title = Get back in with people who can help you
helpers-how = It takes about three days:
helpers-record = You make a record to wait in. Under “Family” you make a request there, for the people whom you named before.
helpers-agree = They agree on their computers, after you have read digits to each other.
helpers-wait = For 72 hours everybody who helps you can object. Then this computer speaks for you, and they give back their parts of what opens your backups.
helpers-file = You choose one of your backup files: from a stick, another disk, or a folder that is kept online. Without one only the say over who helps you comes back.
helpers-key = If you have your recovery key and a backup file, choose “I have a backup” instead. That takes a few minutes.
restore-title = Your record from a backup
restore-how = You need the backup file and the paper with your recovery key. The record on the old computer is not touched.
restore-key-hint = Capital letters, spaces and dashes do not matter.
restore-choose = Choose the backup file
restore-working = Taking your record out of the backup
lost-title = A lost or stolen laptop
lost-when = If a computer with your record is gone, here is what it could open, and what to do now.
lost-open = See what to do
lost-sentence = Your record on a lost laptop is locked, unless it was open in Salus at that moment. Do these steps on this computer, in this order.
lost-could = What that laptop could open
lost-could-passphrase = Your whole record up to the day it was lost, for whoever has the laptop and knows or guesses your passphrase.
lost-could-key = The same, for whoever has the laptop and the paper with your recovery key.
lost-could-write = With your passphrase, new readings that look like yours, until you withdraw that computer's enrolment.
lost-could-open = If your record was open at that moment: everything in it, for whoever took the laptop, until it locked. It locks by itself after five minutes in which nobody uses Salus (after an hour while a long piece of work that you began is running), and on Linux also when the laptop sleeps or its screen is locked.
lost-could-files = Files that you saved from Salus there, such as everything in one file: they are not encrypted by Salus.
lost-could-give = With your passphrase, it could also stop your permissions, and give new ones for what it holds. Those would not show on this computer.
lost-could-patients = Your list of patients, and what they share with you until it ends or they stop it, for whoever has the laptop and knows or guesses your passphrase. Each opening leaves a receipt that the patient sees.
lost-could-codes = With your passphrase, new codes in your name, until your organisation suspends its confirmation.
lost-could-not = Once it is locked, nothing without the passphrase and without the paper, except the names on the records that it holds.
lost-now = What to do now
lost-held = { $n ->
    [one] One kind of readings is in your record
   *[other] { $n } kinds of readings are in your record
}
lost-held-line = { $n ->
    [one] { $what }: 1 reading, { $span }
   *[other] { $what }: { $count } readings, { $span }
}
lost-permission = { $name }, until { $end }
lost-step-keys = New passphrase and new recovery key
lost-step-keys-why = They protect this computer and every backup from now on. The copy on the lost laptop still opens with the old ones: that cannot be changed from here.
lost-to-settings = Go to the settings
lost-step-renew = New keys for new readings
lost-step-renew-why = What you measure from then on is under keys that the lost laptop does not have, and so is what is done in your name. Salus gives the running permissions again under these keys, with the same conditions. Your other laptops are out of your record until you have compared six digits with each of them again. To those who help you, a new key speaks for you.
lost-renew = Begin new keys
lost-renewed = New readings are under new keys since { $when }. What the lost laptop could read before, whoever has it may still have.
lost-retired = What the lost laptop cannot do any more
lost-retired-done = What is given from now on cannot be stopped with its keys, and they say nothing in your name.
lost-retired-given = { $n ->
    [0] No permission was given again.
    [one] 1 permission was given again with new keys: the lost laptop cannot stop it.
   *[other] { $n } permissions were given again with new keys: the lost laptop cannot stop them.
}
lost-retired-still = { $n ->
    [one] 1 permission it can still stop. Salus gives it again as soon as the members answer, unless it needs your decision: look under “Who can see what”.
   *[other] { $n } permissions it can still stop. Salus gives them again as soon as the members answer, unless they need your decision: look under “Who can see what”.
}
lost-retired-card = Your emergency card is from before. Whoever has the lost laptop could put false readings behind it, and it shows nothing that is measured from now on. Make a new card, and throw the old paper away.
lost-retired-compare = Your laptop “{ $name }” is out of your record. Let it show a code, and compare six digits with it, to add it again.
lost-retired-to-laptops = Go to your laptops
lost-retired-circle-waits = The members have not confirmed your new key in your family's circle yet.
lost-retired-circle-new = A new key speaks for you in your family's circle, and the lost laptop for nobody.
lost-retired-circle-taken = Somebody with the lost laptop was faster, and speaks for you in your family's circle. The people who can help you to get back in can take that back: make a request for them, and tell everybody who helps you.
lost-retired-request = Make the request
lost-permissions-renewed = { $n ->
    [0] No permission is running.
    [one] 1 permission is running. Salus gives it again under the new keys: stop it if you do not need it.
   *[other] { $n } permissions are running. Salus gives them again under the new keys: stop those that you do not need.
}
lost-step-computer = Withdraw the lost computer's enrolment
lost-same-computer = This record was not restored from a backup here, so there is no earlier computer. If you lost another one, restore your record on a new computer first.
lost-enrolled = The earlier computer has been enrolled since { $date }.
lost-withdrawn = The earlier computer's enrolment was withdrawn on { $date }.
lost-never-enrolled = The earlier computer was never enrolled.
lost-withdraw = Withdraw the earlier computer's enrolment
lost-withdraw-title = { $n ->
    [one] Withdraw the earlier computer's enrolment?
   *[other] Withdraw the enrolments of the { $n } earlier computers?
}
lost-withdraw-then = If somebody writes readings there, clinicians see a caution beside them, and no longer that they come from an enrolled computer.
lost-withdraw-stays = The enrolment of the computer that you use now, your readings and your permissions stay. Clinicians still see from when to when the other one was enrolled.
lost-withdraw-for-good = { $n ->
    [one] This cannot be undone: the earlier computer cannot be enrolled again with this record, also when you find it.
   *[other] This cannot be undone: the earlier computers cannot be enrolled again with this record, also when you find them.
}
lost-step-permissions = Stop permissions that you do not need
lost-permissions = { $n ->
    [0] No permission is running.
    [one] 1 permission is running. It shows what was sent before, and nothing that this computer records: stop it, and give a new one where you want to go on sharing.
   *[other] { $n } permissions are running. They show what was sent before, and nothing that this computer records: stop them, and give new ones where you want to go on sharing.
}
lost-step-patients = Ask your patients to stop what they shared
lost-received = { $n ->
    [0] No patient shares anything with you right now.
    [one] 1 permission is running. Only the patient can stop it: ask for that, and give the patient a fresh code made here.
   *[other] { $n } permissions are running. Only the patients can stop them: ask each of them, and give each a fresh code made here.
}
lost-codes = { $n ->
    [one] 1 code of yours has no answer yet. A permission that answers it can be opened on the lost laptop too: give that patient a fresh code made here.
   *[other] { $n } codes of yours have no answer yet. A permission that answers one can be opened on the lost laptop too: give those patients fresh codes made here.
}
lost-step-organisation = Tell your organisation
lost-step-organisation-why = It can suspend its confirmation, so that no patient takes a code of the lost laptop any more. The codes that you make here stop with it: begin another record under Settings, and have that one confirmed. Permissions that are running go on until the patient stops them.
lost-step-others = Look after the other records
lost-others = { $n ->
    [one] There is one more record on this computer. If it was on the lost laptop too, it opens there with its own passphrase or recovery key only. What it holds cannot be told from here: turn to it and do these steps there.
   *[other] There are { $n } more records on this computer. If they were on the lost laptop too, each opens there with its own passphrase or recovery key only. What they hold cannot be told from here: turn to each and do these steps there.
}
lost-other-patient = { $name }: a health record
lost-other-clinician = { $name }: a clinician's record
lost-other-nameless = A record whose name cannot be read right now
lost-to-others = Turn to another record
lost-step-backup = Make a new backup
lost-step-backup-why = After the new recovery key, so that the new paper opens it.
people-title = Whose records
people-name = The name on this record
people-name-hint = Permissions that you gave already keep the name they were given under.
people-rename = Change the name
people-others = Other records on this computer
people-turn-to = Turn to { $name }
people-apart = Somebody else who uses this computer can have a record of their own here: with its own passphrase, recovery key, devices and backups. Opening one opens no other.
people-add = Begin another record

## What opens the record
lock-title = How your record locks
lock-says = It locks by itself after five minutes in which nobody uses Salus, or after an hour while a long piece of work that you began is running. On Linux it also locks when the computer sleeps or its screen is locked. “Lock” at the side of the screen locks it at once.
doors-title = How your record opens
doors-absent = No passphrase opens your record.
doors-alone = Your passphrase opens your record. This computer gives Salus no keyring, so a copy of the record's folder opens with the passphrase on any computer: choose a long one.
doors-soon = Your passphrase opens your record. From the next time you unlock it, this computer's keyring is part of it.
doors-with-keyring = Your passphrase opens your record on this computer only: the computer's keyring has a part of it. Anywhere else you need the recovery key.
doors-key = Your recovery key opens it too, on any computer.
doors-guardians = { $needed } of the { $of } people who can help you to get back in can bring it back together, with a backup file.
doors-refused = { $n ->
    [one] While your record was locked, another program wrote into its inbox, or altered it. One entry was left out.
   *[other] While your record was locked, another program wrote into its inbox, or altered it. { $n } entries were left out.
}
doors-change-passphrase = Change the passphrase
doors-try-key = Try your recovery key
doors-new-key = Make a new recovery key
doors-close = Leave it as it is
doors-keep-old = Keep the old key
doors-forgotten = I have forgotten it: use the recovery key
field-old-passphrase = Current passphrase
field-new-passphrase = New passphrase
doors-copies = From now on only the new one opens your record here. A copy of the record that somebody made before still opens with the old one.
doors-passphrase-changed = The passphrase is changed.
doors-try-why = Type the key from your paper. It is checked, and nothing changes.
doors-key-works = This recovery key works. Put the paper back where it was.
doors-new-key-why = Make a new one when you have lost the paper, or when somebody else may have seen it. The old one works until you have written down the new one.
doors-type-back = Type these two groups from your paper. Then the new key takes the place of the old one.
doors-group = Group { $n }
doors-group-differs = Not as it was shown
doors-key-set = Use the new key
doors-look-again = Show the key again
doors-key-changed = The new recovery key is in use. Destroy the paper with the old one.

## Clinician
inbox-title = { $n ->
    [0] Inbox
    [one] 1 new record
   *[other] { $n } new records
}
inbox-empty = No shared records yet.
inbox-empty-hint = Give a patient your code. When the patient shares readings with it, they appear here.
inbox-new = New
inbox-open = Shared with you
inbox-waiting = Codes without an answer
inbox-no-note = Code without a note
inbox-ended = Ended
inbox-left = { $length } left
duty-title = Shared with { $role }, { $organisation }
duty-on = You are on duty until { $until }.
duty-nothing = No patient has shared anything with those on duty here.
duty-named = Each opening is under your own name, and the patient is told that it was you.
duty-off = You are not on duty now. What patients shared with those on duty opens when { $organisation } has put you on duty.
inbox-open-record = Open { $name }'s readings
inbox-after = Your notes to { $name }, and asking for more
code-title = A code for a patient
code-why = Each patient needs a fresh code. It says who you are, confirmed by your organisation, and nothing about the patient.
code-note = A note for yourself
code-note-hint = For example the initials of the patient. It stays on this computer.
code-make = Make a code
code-ready = The code is ready
code-ready-hint = Give it to one patient only. It carries the confirmation of { $member }.
code-label = Code
ask-title = What I ask for
ask-hint = The patient sees it before choosing, and can give less, or nothing. If you tick nothing, the code asks for nothing.
ask-what = Readings
ask-purpose = Purpose
ask-back = Of how many days?
ask-back-days = { $n ->
    [one] Today
   *[other] The last { $n } days
}
ask-new = And new ones, as long as the permission runs
ask-lasts = How long do you want to open them?
ask-words = A sentence to the patient
ask-words-hint = Not needed. Whoever has the code can read it, so name nobody. At most 200 characters.
ask-words-wrong = Please use one line of plain text, at most 200 characters.
given-codes-title = Codes that nobody has used yet
given-codes-made = Made { $when }
given-codes-take = Take back
given-codes-question = Take this code back?
given-codes-patient = Whoever has the code can no longer give you readings with it: nobody could open them.
given-codes-relative = Whoever has the code can no longer let you help with it: you would not hear of it.
given-codes-tell = If you gave it to somebody, tell them. You can make a new one at any time.
given-codes-yes = Take the code back
given-codes-no = Keep the code
given-codes-taken = The code is taken back.
request-title = Your organisation must confirm you first
request-hint = Give this request to the person who runs Salus at your organisation. They return a confirmation.
request-label = Request
attestation-label = The confirmation you received
attestation-file = Or choose the file you were given
attestation-add = Use this confirmation
opened-back = Back to the inbox
opened-opening = Opening the record…
opened-opening-hint = The patient will see that you opened it.
opened-working = Leaving the receipt, then collecting the parts from the members.
opened-refused = The record was not opened
opening-stop = Stop opening
opening-stopped = You stopped the opening
opening-stopped-hint = Nothing was shown or kept here. If the receipt was left already, the patient sees an opening.
opening-again = Open again
opened-consent = { $name } lets you see { $what }, measured { $span }, until { $until }.
opened-consent-helper = Somebody who helps { $name }, and whom { $name } allowed it, lets you see { $what }, measured { $span }, until { $until }.
opened-hidden = Everything else is hidden from you, and nothing is kept on this computer.
second-title = A second clinician has to agree
second-why = The patient lets this be opened only together with a second clinician. Ask another clinician whom a member has confirmed.
second-ask = Make a text that asks another clinician
second-question = Question for the other clinician
second-question-hint = It says who you are and which opening it is for, and nothing about the patient: tell the other clinician whom it is about.
second-answer = The answer you received
second-open = Open together
being-second-title = Agree as the second clinician
being-second-hint = Another clinician can ask you for this with a question from Salus. It does not name the patient: agree only when you know whom it is about.
being-second-label = The question you received
being-second-check = See who asks
being-second-asks = { $name } asks you to agree to one opening of what a patient shared for treatment.
being-second-until = The permission ends { $when }.
being-second-agree = Agree
being-second-answer = Your answer
being-second-answer-hint = Give it to { $name }. It counts for what was asked, and for nobody else.
opened-how = How this was opened
opened-receipt = { $n ->
    [one] Your receipt was recorded { $when }, before anything was released. 1 sealed part was fetched and checked.
   *[other] Your receipt was recorded { $when }, before anything was released. { $n } sealed parts were fetched and checked.
}
opened-released = Released by { $names }.
opened-more = Ask for more
opened-refused-by = Refused or wrong answer: { $names }.
gateway-enrolled = From a computer enrolled on { $date }.
gateway-was-enrolled = From a computer that was enrolled from { $from } to { $to }. All of these readings arrived in that time.
gateway-early = From a computer enrolled on { $date }. Some of these readings arrived before that.
gateway-withdrawn = Some of these readings arrived after this computer's enrolment was withdrawn on { $date }. Ask the patient where they come from.
gateway-not-enrolled = From a computer that is not enrolled. Nothing proves which computer these readings come from.
gateway-other = The permission names the enrolment of another computer. Nothing proves which computer these readings come from.
gateway-unproven = The members could not prove right now that these readings come from an enrolled computer. Open the record again later.

## Families: who helps whom
family-title = Family
family-help-title = Help somebody else
family-help-hint = Make a code and give it to the person whom you will help. They decide what you may do, and can end it at any time.
family-codes-waiting = { $n ->
    [one] 1 code is given out and not used yet.
   *[other] { $n } codes are given out and not used yet.
}
family-code-label = Your code for one person
family-code-make = Make a code
family-digits-hint = Nobody confirms who you are. Read these digits to each other, on the phone or at the table:
family-own-title = Who helps me
family-own-none = Nobody does yet. A helper can see that what is permitted for you is right, and permit it when you cannot.
family-until = Until { $when }
family-review-after = When do you want to look at it again? It rests then, until you say that it goes on.
family-review-never = Not before it ends
family-review-by = to be looked at by { $when }
family-paper = There is a paper that gives this power
family-paper-hint = You choose the scan or the file next. It stays with you: the members keep a number that fits only this file and that nothing can be read from.
family-paper-named = based on a paper
family-rules = When another helper has to agree
family-rules-ordinary = A helper may permit alone: { $what }.
family-rules-ordinary-none = A helper may permit nothing alone.
family-rules-needs = { $n ->
    [one] For everything else, and for longer than { $long }, another helper has to agree. After that there is time to object: { $window }.
   *[other] For everything else, and for longer than { $long }, { $n } other helpers have to agree. After that there is time to object: { $window }.
}
family-rules-objector = In that time my objection counts, and that of { $name }.
family-rules-objector-anybody = In that time anybody's objection counts.
family-rules-change = Change this
family-rules-hint = Stricter rules hold at once. Looser ones take effect after 72 hours, so that everybody who helps you can object.
family-rules-approvals = How many others have to agree?
family-rules-others = { $n ->
    [one] 1 other helper
   *[other] { $n } other helpers
}
family-rules-long = They have to agree to everything that lasts longer than
family-rules-veto = Time to object afterwards
family-rules-whose = Whose objection counts in that time, besides mine?
family-rules-anybody = Everybody's who helps me
family-rules-yes = Change the rules
family-review = Looked at: it goes on
family-review-title = Does { $name }'s help go on?
family-review-sentence = It goes on within the limits that you gave, for a year at most before it rests again, and not past its end.
family-review-no = Not now
family-remove = End this help
family-waits = Waiting
family-object = I object
family-own-given = What my helpers permitted
family-remove-title = End { $name }'s help?
family-remove-sentence = From then on { $name } can permit nothing for you. What { $name } permitted rests until you agree to it again. What { $name } has seen cannot be taken back.
family-remove-keys = New keys begin at once: what you measure from then on { $name } cannot read. What { $name } could read before, { $name } may still have.
family-new-keys = New readings are under new keys since { $when }. What { $names } could read before, they may still have.
family-retired = A new key speaks for you here since { $when }, because a laptop was lost. For 30 days the people who can help you to get back in can give you another one, whatever this computer says. Until then you cannot name new people for that, and while there are any, you can let nobody new help you.
family-retired-of = A new key speaks for { $name } since { $when }, at once, because a laptop was lost. Ask { $name } in person or by phone whether that was them. If not, the people who can help { $name } to get back in can give them another key.
family-still-hold = { $name } may not read all of it any more, and new keys could not begin yet. What you measure until { $when } could still be read by { $name }. Salus tries again by itself while your record is open.
family-new-keys-less = New readings are under new keys since { $when }: { $what }. What { $names } could read of these before, they may still have.
family-less = Let them read less
family-less-title = What may { $name } still read?
family-less-what = Untick what { $name } should no longer read
family-less-sentence = What you leave out { $name } may not read or permit any more, at once: new keys begin for it. What { $name } could read before, { $name } may still have. What { $name } permitted of it goes on until its end, without anything that is measured from now on; you can stop it.
family-less-waits = For 72 hours { $name } permits nothing. After that { $name } permits what is left, unless somebody who helps you objects. Reading goes on meanwhile.
family-less-none = Then { $name } reads nothing and permits nothing. { $name } can still agree to what others permit, object to it and stop it.
family-less-yes = Let { $name } read only this
family-remove-yes = End { $name }'s help
family-remove-no = Leave it as it is
family-add = Let somebody help me
family-add-hint = Ask the person for their Salus family code. They make it under “Family”.
family-add-code = Their code
family-compare = Nobody confirms that this is { $name }. Read the digits to each other:
family-same = { $name } reads the same digits to me
family-role = What may { $name } do?
family-role-steward = Read my readings and let clinicians see them, within limits
family-role-approver = See what others permit for me, agree to it and stop it; not read
family-what = Which readings may { $name } read and permit?
family-whom = Whom may { $name } let see it?
family-whom-any = Any clinician whom a member confirms
family-whom-named = Only clinicians whom I name
family-whom-which = Which clinicians?
family-whom-none = You know no clinician here yet. Read in a code of theirs.
family-whom-code = A clinician's code, to name them. It gives them nothing.
family-whom-add = Read in this code
family-only = Only to: { $names }.
family-only-some = Only to clinicians whom the person named.
family-longest = How long may one permission by { $name } last?
family-ordinary = Which readings may a helper permit alone?
family-ordinary-hint = For everything else, and for more than { $days } days, another helper has to agree. Then there are { $hours } hours to object.
family-add-waits = It takes effect after 72 hours, so that everybody who helps you can object.
family-add-replaces = A change waits already. Another one takes its place, and the first does not come.
family-add-yes = Let { $name } help me
family-may-approve = Agree to what others permit, object and stop. Sees no readings.
family-may-act = Read and let clinicians see, for at most { $n ->
    [one] 1 day at a time.
   *[other] { $n } days at a time.
}
family-may-permit = Read { $what } and let clinicians see it, for at most { $n ->
    [one] 1 day at a time.
   *[other] { $n } days at a time.
}
family-somebody = Somebody
family-my-authority = What you may do for { $name }:
family-no-more = You do not help { $name } any more.
family-read = See { $name }'s readings
family-give = Share for { $name }
family-decide = To decide
family-under-way = Under way
family-ending = Ends soon
family-ending-how = If { $name } is to go on seeing it, ask { $name } for a new code, and give a new permission with it.
family-ending-again = Give { $name } a new permission
family-ending-others = It goes on only when somebody who may share for { $person } gives a new one.
family-parts = What there is about your family
family-nobody = You do not help anybody yet
family-nobody-hint = Make a code below and give it to the person whom you will help. They let you help from their own computer, and then their name stands here.
family-seeing = Who can see { $name }'s readings with a helper's permission
family-seeing-none = Nobody with a helper's permission
relative-seeing-own = Permissions that { $name } gives alone are not shown here, unless { $name } lets helpers see them.
own-given-title = What { $name } permitted alone
own-given-hint = { $name } lets you see this and stop it. Whom it is for and what it covers is { $name }'s word; until when, and whether it works, the members prove.
lets-title = What you permit yourself
lets-off = Your helpers do not see the permissions that you give yourself, and cannot stop them.
lets-on = Your helpers whose help is in force see the permissions that you give yourself, and each of them can stop them. This laptop tells them of what was permitted on it and on your other laptops, without emergency cards.
lets-after = Whoever was told of a permission can stop it until its end, also when you tell them no more.
lets-begin = Let them see and stop it
lets-end = Tell them no more
family-lay-down = Stop helping
family-lay-down-title = Stop helping { $name }?
family-lay-down-sentence = What you permitted rests until { $name } agrees to it again. To help again you need a new code.
family-lay-down-yes = Stop helping
family-back = Back to Family
family-reading-title = { $name }'s readings
family-reading-hint = You see this because { $name } lets you. It is not stored here.
family-reading-reach = You can read { $what }, from { $date } on. Whether there is more, nobody tells you here.
family-reading-working = Collecting the readings from the members.
family-reading-stopped = Nothing was shown or kept here.
family-reading-again = Read again
family-reading-none = New readings come here when { $name }'s computer is open, about an hour after they were measured. Look again later, or choose a longer time above.
family-fortnight = Last 14 days
family-given-title = The permission is given
family-given-hint = { $name } and the other helpers are told of it.
family-give-title = Share { $name }'s readings with a clinician
family-give-what = Which readings?
family-give-until = For how long?
family-give-clinician = the clinician
family-give-own = Only { $name } can permit daily summaries, or what a clinician asks for in a code. For this, ask the clinician for a code in which nothing is ticked under “What I ask for”.
family-give-others = Another helper has to agree before this can be opened.
family-give-preview = See what the clinician will see
family-give-preview-hint = This is everything that the permission covers now. { $name } sees nothing else of { $person } by it.
family-give-yes = Give this permission for { $name }
back-title = Who can help me to get back in
back-none = Nobody can yet. If you lose this computer and the recovery key, people whom you trust can together say that a new computer speaks for you, and give back what opens a backup there.
back-needed = { $n } of these { $of } people together can say that a new computer speaks for you. Then there are 72 hours in which you and everybody who helps you can object.
back-held = Answered { $when } that they are still there
back-not-held = Has not answered yet whether they are still there
back-part-right = Their computer holds the right part of what opens your backups
back-part-wrong = Their computer does not hold the newest part. Salus sends it again: ask once more tomorrow.
back-part-unknown = Has not shown yet that their computer holds its part of what opens your backups
back-parts = They see none of your readings. Each of their computers holds a part of what opens your backups. Enough parts, together with a backup file, bring your readings back; fewer do not. If that many of them also get hold of one of your backup files, they can read it at any time: keep the files where they cannot take them.
back-parts-wait = Their parts are made once this holds, while Salus is open.
back-not-elsewhere = Your backups lie on this computer only. If it is lost, neither these people nor the recovery key bring your readings back. Choose a folder elsewhere: a stick, another disk, or a folder that is kept online.
back-choose-folder = Go to Backups
back-name = Name people who can help me to get back in
back-rename = Name other people
back-name-hint = Ask each of them for a new Salus family code, which they make under “Family”. People who help you already need another code for this. Name at least two.
back-take-out = Take { $name } out
back-how-many = How many of them together?
back-of = { $n ->
    [one] 1 person
   *[other] { $n } people
}
back-yes = Let them help me to get back in
trial-title = Try whether it would work
trial-hint = Send the same text to each of them. Their answer shows that their computer still holds its key and the right part of what opens your backups. Nothing changes by it, and the part stays with them.
trial-asked = Last asked { $when }
trial-question = The question for all of them
trial-ask = Make a text that asks all of them
trial-answer = An answer that came back
trial-add = Add the answer
regain-title = I lost my computer
regain-hint = If you named people who can help you to get back in: make a request, give it to each of them, and read the digits to them. When enough of them agree, this computer speaks for you 72 hours later.
regain-readings = They give back their parts of what opens your backups as well. With enough parts and a backup file your readings come back. You need the file: from a stick, another disk, or a folder that is kept online.
regain-make = Make a request
regain-request = Your request, for each of them
regain-digits = Read these digits to each of them, on the phone or at the table:
regain-waits = Nothing has come back yet. It comes 72 hours after enough of them agreed, while Salus is open.
regain-found = This computer speaks for { $name } now
regain-found-by = Given back by: { $names }
regain-found-helpers = Helpers: { $names }
regain-found-digits = Compare these digits with one of the people who agreed, before you go on:
regain-take = The digits are the same: go on
parts-title = Your readings
parts-hint = The people who agreed give back their parts of what opens your backups. A part comes while their Salus and yours are open.
parts-needed = { $n ->
    [one] It takes one part that fits.
   *[other] It takes { $n } parts that fit.
}
parts-fits = Gave back a part that fits
parts-false = Gave back a part that does not fit. It is not used. Speak with them.
parts-names-only = Gave back no part yet
parts-wait = There are not enough parts yet.
parts-enough = There are enough parts. Choose a backup file: your record is put beside this one, and opens with the passphrase of this one. What you measured on this computer meanwhile stays in this one.
parts-forgo = Go on without the old readings
parts-forgo-hint = If you have no backup file: the parts that came back are forgotten here, and the people who help you get parts for this record instead. This cannot be undone, and backups of before then open only with your old recovery key. Salus asks you once more.
meantime-title = Take over what was measured meanwhile
meantime-hint = While this record was lost you used another one on this computer. What you measured there can come into this record too, with your notes. The other record stays as it is, and nothing comes twice.
meantime-passphrase = The passphrase of the other record
meantime-start = Take it over
meantime-working = Taking over what was measured meanwhile
meantime-taken = { $n ->
    [0] Looked through on { $when }: nothing was there that this record did not have.
    [one] Taken over on { $when }: 1 reading in all.
   *[other] Taken over on { $when }: { $n } readings in all.
}
meantime-waits = Something still waits in the other record: readings that came while it was locked, or of which nobody said whose they are. Open it once and look there, then take it over again.
meantime-damaged = { $n ->
    [one] 1 hour there could not be read completely.
   *[other] { $n } hours there could not be read completely.
}
meantime-deleted = { $n ->
    [one] 1 reading there is of a time that you deleted here. It stays there.
   *[other] { $n } readings there are of times that you deleted here. They stay there.
}
regained-title = Your readings are back
regained-readings = { $n ->
    [one] One reading is in your record.
   *[other] { $n } readings are in your record.
}
regained-key = This is your new recovery key. The old one does not open your record any more. It is shown this one time: write it down now.
regained-parts = The people who can help you to get back in are sent new parts once your record is open. Backup files of before still open with the old parts and the old recovery key: remove them when a new backup is there.
regained-open = It is written down: open my record
guard-what = You can help { $name } to get back in after a lost computer. Your computer holds a part of what opens the backups of { $name }, which opens nothing by itself. You see no readings of { $name }.
guard-back = The new computer of { $name } speaks for them now. Read these digits to each other:
guard-lost = { $name } lost their computer
guard-lost-hint = Take the request from { $name } in person or on the phone, and not from a message alone. Whoever you agree to speaks for { $name }.
guard-request = The request
guard-calls = The owner of the new computer calls themselves { $name }.
guard-waits = When enough others agree, it holds 72 hours later, unless somebody objects. { $name } sees it on every screen of the old computer and can end it.
guard-agree = I agree that it speaks for { $name }
held-title = { $name } asks whether you still hold your part
held-question = The question from { $name }
held-say = I still hold my part
held-answer = Your answer for { $name }
family-given-back = People whom you trust gave this back to this computer on { $when }. Helpers from before can still act. What they permit from now on is shown here once their computers have answered. They read what they could read before, and nothing newer, until you let them help you again with a new code.
note-recovery-from = { $name } and others say that you lost this computer. From { $when } another computer speaks for you.
note-recovery-waits = { $name } says that you lost this computer. Others still have to agree.
note-recovery-object = If you did not ask for this, object now. It ends at once.
note-recovery-done = Another computer speaks for you now. This one can change nothing of who helps you.
note-recovery-done-hint = If that was not you, speak with the people who can help you to get back in, and with everybody who helps you. Your readings are still only here and where you shared them.
note-recovery-young = A laptop of yours was lost less than 30 days ago, so your own objection does not count here: whoever has that laptop could object too. If you did not ask for this, ask somebody who helps you to object.
note-recovery-open = Go to Family
note-watched-from = { $name } and others say that you lost your first laptop. From { $when } another computer speaks for you.
note-watched-waits = { $name } says that you lost your first laptop. Others still have to agree.
note-watched-own = On your first laptop it was asked that another computer speaks for you, from { $when }.
note-watched-cannot = This laptop cannot object yet: your first laptop has to be on once more, with Salus open on both. Somebody who helps you can object meanwhile.
note-watched-done-hint = If that was not you, speak with the people who can help you to get back in, and with everybody who helps you.
family-watched = Who helps you is decided on your first laptop. This laptop asks the members by itself what waits, also while the first one is off or lost, and can object to it.
family-watched-given = You agree to it, object to it or stop it on your first laptop.
change-new-key-by = { $name } says that the person lost their computer: a new one is to speak for them.
handover-title = When { $name } comes of age: hand this over
handover-hint = { $name } makes a request on a computer of their own, in Salus under “Family”. Take it in person.
handover-first = First
handover-first-what = What this record itself permits is stopped, for good. { $name } gives anew what is still wanted:
handover-first-card = The emergency card stops too. Let { $name } make a new one on that computer now, before you hand this over, and put it in the place of the old one.
handover-first-none = Nothing is to be stopped: this record itself permits nothing that still runs.
handover-today = Today
handover-freezes = nobody helps any more, and what helpers permitted can be opened by nobody.
handover-then = After 72 hours
handover-speaks = the computer of { $name } decides, and this one no longer does. Until then you and everybody who helped can object.
handover-confirms = What { $name } then confirms or leaves frozen
handover-nothing = Nothing: no helper permitted anything that still runs.
handover-stays = What stays as it is
handover-stays-what = The readings in this record.
handover-final = This cannot be taken back. Whoever helps afterwards is let help anew, from the new computer.
handover-yes = Hand this over to { $name }
handover-not-yet = Nothing was handed over.
handover-cut-off = A handover was begun and did not come to its end: nothing is handed over. Hand it over again, and it goes on from there.
handover-cut-off-stopped = This was stopped and stays so:
handover-cut-off-runs = This still runs:
handover-was = Handed over on { $when }
handover-stopped = This was stopped first. The computer of { $name } is told of it, and { $name } gives anew what is still wanted:
handover-waits = From { $when } on the computer of { $name } decides, unless somebody objects.
handover-objected = Somebody objected to the computer of { $name }. All help has ended all the same. Speak with the others, and hand it over again.
handover-digits = The computer of { $name } decides now. Read these digits to each other:
handover-sending = What is known of the helpers and of what they permitted is still to be sent. Leave Salus open.
handover-new-circle = Handed over on { $when }: nobody helps through this any more. What helpers permitted waits for your confirmation above.
handover-helper = { $name } came of age on { $when }. Nobody helps any more, and what was permitted rests until { $name } confirms it.
handover-ask = When { $name } comes of age
handover-ask-hint = When another helper agrees too, and nobody objects for 72 hours, all help for { $name } ends, yours too, and what was permitted rests until { $name } confirms it.
handover-ask-then = Whoever holds the record of { $name } then hands it over to a computer of their own. If nobody can, the people who can help { $name } to get back in agree to it.
handover-ask-alone = Nobody else helps who could agree. It has to be handed over from the record itself.
handover-ask-yes = Ask for it
handover-more = For a child who comes of age
handover-child = This is for a child who comes of age and then decides alone, not for a grown person whom others help.
before-title = Permitted before, and stopped
before-hint = The record of before permitted this. It was stopped when everything was handed over to you. What you still want, give anew: ask each clinician for a new code.
before-runs = This was not stopped when you took over. Ask whoever has the record of before to stop it:
before-give = Give a permission
before-card = Make an emergency card
resting-title = Waits for your confirmation
resting-hint = Helpers permitted this. It is frozen: nobody can open it until you confirm it.
resting-left = Left frozen
resting-confirm = Confirm
resting-leave = Leave frozen
resting-question = Let { $name } open this again?
resting-sentence = { $name } may then see { $what } until { $when }.
given-rests-handed = The person came of age after this was permitted. It can be opened again when they confirm it.
regain-of-age = The same request serves when you come of age: give it to whoever holds your record and helped you so far. They hand it over, and you confirm what stays permitted.
regain-handed = It was handed over to you by the computer that held your record. Nobody helps any more, and what helpers permitted is frozen until you confirm it.
regain-handed-digits = Compare these digits with whoever handed it over before you go on:
note-handed-over = This was handed over: another computer decides who helps and what stays permitted.
note-handed-over-hint = The readings are still here. What this record itself still permits is under “Who can see what”.
helped-uses = Emergencies of { $name }
helped-announced = Somebody announced an emergency with the card of { $name }: { $reason }.
helped-opened = Readings of { $name } were opened in an emergency: { $reason }.
helped-uses-whose = What { $name } says of it is the person's own word. What you say is recorded with the members under your own key beside it, once and for good, as long as your help is in force: it counts where { $name } cannot speak. The organisation that confirms the clinician sees an objection.
helped-uses-stop = I object, and stop the card of { $name }
helped-person-right = { $name } said that it was right.
helped-person-object = { $name } objected.
helped-person-stop = { $name } objected and stopped the card.
helped-person-nothing = { $name } has not said anything of it.
helped-uses-seen = I have seen it
note-helped-announced = { $when }: somebody announced an emergency of { $name }. If there is none, { $name } can stop the card.
note-helped-opened = { $when }: readings of { $name } were opened in an emergency.
note-helped-open = Go to Family
springs-choose = It begins only after two clinicians have said that it may
springs-hint = For example when I cannot decide any more. You give them a question as text; both answer from their own computers.
springs-ask-hint = It waits for two clinicians. Give both the same question.
springs-ask = Make a text that asks both clinicians
springs-question = The question for both clinicians
springs-title = May somebody's help begin?
springs-attest-hint = Some people let a helper act for them only after two clinicians have said that the time has come. Whoever asks you sends you a text.
springs-question-label = The question
springs-reads = { $helper } is to read readings of { $name } and let clinicians see them, within limits.
springs-agrees = { $helper } is to agree for { $name } to what other helpers permit, object to it and stop it.
springs-by-helper = It is { $helper } who asks you.
springs-count = { $n } of { $of } clinicians have said that it may begin.
springs-attest = It may begin
springs-said = You have said that it may begin. This cannot be taken back.
power-in-force = Works
power-not-yet = Begins later
power-awaits-clinicians = Waits for two clinicians
power-awaits-review = Waits to be looked at
power-lapsed = Ended
power-handed-over = Ended
given-awaits-others = Waits for a helper
given-awaits-time = Time to object
given-rests = Rests
given-objected = Objected to
given-agree = I agree
given-object = I object
agree-title = Agree to { $name }'s permission?
agree-sentence = As soon as everybody who has to agrees, and the time to object is over, { $name } may see { $what } of { $person } until { $when }.
agree-stop = The permission can still be stopped later.
agree-yes = Agree to { $name }'s permission
object-title = Object to { $name }'s permission?
object-sentence = { $name } then sees nothing of { $person } by this permission. It is over, and whoever gave it would have to give another one.
object-yes = Object to { $name }'s permission
word-final = What you say is recorded with the members, once and for good, and cannot be taken back.
change-agree-title = Agree to this change for { $name }?
change-agree-yes = Agree to this change
change-object-title = Object to this change for { $name }?
change-object-sentence = Then the change is not made. Whoever wants it would have to ask for it again.
change-object-yes = Object to this change
given-by = Permitted by { $name }
given-needs = { $n ->
    [one] 1 more helper has to agree.
   *[other] { $n } more helpers have to agree.
}
given-ready = It can be opened from { $when }, unless somebody objects.
given-objector = The objection of { $name } counts here, and that of the person. You can ask them, or stop it.
given-rests-why = The helper who gave it does not help any more. It can be opened again when the person agrees to it.
given-opened-last = opened last { $when }
change-added = { $name } is to start helping.
change-raised = { $name } is to be allowed more.
change-lowered = { $name } is to be allowed less.
change-removed = { $name } is not to help any more.
change-reviewed = { $name } is to go on helping.
change-rules = The rules for when another helper has to agree are to change.
change-guardians = Who can help to get back in is to change.
change-new-key = The person is to sign with another computer.
change-handed-over = The person comes of age: all help ends.
change-from = It takes effect { $when }, unless somebody objects.
change-needs = { $n ->
    [one] 1 more helper has to agree.
   *[other] { $n } more helpers have to agree.
}

## Errors: what happened; what to do
error-bad-request = Something in the form is missing or too long.
    .fix = Check what you typed and try again.
error-not-a-number = A value is missing or is not a number.
    .fix = Type it in digits, for example 36.8.
error-out-of-range = This value cannot be right.
    .fix = Check the number and the unit.
error-not-allowed = This is not possible with this record.
    .fix = Go back to the first screen and try from there.
error-locked = The record is locked.
    .fix = Unlock it with your passphrase.
error-no-profile = There is no record on this computer yet.
    .fix = Start again to make one.
error-profile-exists = There is a record on this computer already.
    .fix = Unlock it, or start Salus with another folder.
error-wrong-passphrase = That does not open this record.
    .fix = Check the keyboard language and capital letters, then try again. The recovery key also opens it.
error-weak-passphrase = This passphrase is too easy to guess, or too long.
    .fix = Use four or more words that do not belong together.
error-key-mistyped = This is not the recovery key as it was shown.
    .fix = Compare it with your paper, group by group: a character is mistyped, or one is missing.
error-group-mistyped = Not as it was shown: { $detail }.
    .fix = Look whether your paper says the same. “Show the key again” lets you compare, and correct the paper.
error-keyring-missing = This computer's keyring no longer has its part of your passphrase.
    .fix = Unlock with the recovery key. Then set your passphrase again under Settings.
error-keyring-replaced = This computer's keyring has another part than the one your passphrase was made with.
    .fix = Unlock with the recovery key. Then set your passphrase again under Settings.
error-keyring-unavailable = This computer's keyring does not answer, and your passphrase needs it.
    .fix = Unlock the keyring in the system settings and try again, or use the recovery key.
error-last-door = This is the last way back into your record, so it stays.
    .fix = Set up another one first: a recovery key, or people who can help you to get back in.
error-in-use = Salus is already open with this record.
    .fix = Use the window that is open, or close it first.
error-damaged = A part of the stored record is damaged.
    .fix = What can still be read stays readable. Make a copy of the record's folder now. If you have a backup, take your record out of it with “I have a backup” on the lock screen.
error-bad-parameters = The record's settings are outside safe limits.
    .fix = If you have a backup, take your record out of it with “I have a backup” on the lock screen.
error-no-memory = This computer has too little free memory to check the passphrase.
    .fix = Close some other programs and try again. Your record is whole.
error-disk-full = The disk is full. Nothing was lost.
    .fix = Free some space. Salus goes on by itself.
error-storage = The record's folder cannot be read or written.
    .fix = Check that the disk is connected and that you may write there.
error-shredded = You deleted the readings of this time for ever.
    .fix = Nothing can be stored or shared of it any more. Choose another time.
error-too-new = This record was made by a newer Salus.
    .fix = Update Salus on this computer.
error-record-read-only = The folder of your record cannot be written, so nothing is stored in it.
    .fix = Allow Salus to write in the folder, or copy the folder to another disk, then lock and unlock the record again.
error-older-copy = This is an older copy of your record, and nothing is stored in it.
    .fix = Put the newer record back, or say at the top of the page that you put back the older copy on purpose.
error-no-bluetooth = This computer has no Bluetooth.
    .fix = Plug in a Bluetooth adapter. Salus goes on by itself.
error-bluetooth-not-allowed = Salus may not use Bluetooth on this computer.
    .fix = Allow it in the system settings, or ask whoever looks after this computer. Salus goes on by itself.
error-bluetooth-off = Bluetooth is switched off.
    .fix = Switch it on in the system settings. Salus goes on by itself.
error-device-unreachable = The device does not answer.
    .fix = Switch it on, bring it closer, and try again.
error-unknown-device = This device is no longer in range.
    .fix = Look for devices again.
error-wrong-passkey = The six digits were not the right ones.
    .fix = Look at the digits on the device and try again. Some devices show new ones each time.
error-pairing-refused = The device did not agree to pair, or you said that the digits differ.
    .fix = Put the device into its pairing mode, as its booklet says, and try again.
error-pairing-timed-out = Nobody answered in time, so pairing stopped.
    .fix = Keep the device at hand and try again.
error-pairing-not-available = This system pairs devices by itself.
    .fix = Answer the system when it asks, or pair the device in the system settings.
error-pairing-busy = A device is being paired already.
    .fix = Finish or stop that first, then try again.
error-already-paired = This device is paired already.
    .fix = Nothing needs to be done. It connects when it is switched on and close.
error-not-asked = Nothing is being asked any more.
    .fix = Look at the device's line and start pairing again if it says so.
error-offline = No member can be reached.
    .fix = Check the internet connection. Your own readings stay available.
error-too-few-members = Too few members answered.
    .fix = Try again in a few minutes. Your own readings stay available.
error-members-full = The members' computers have no room left.
    .fix = Tell your organisation that a member has to make room, and try again then. Your own readings stay available.
error-out-of-date = The newest confirmation is too old, so nothing is opened.
    .fix = Check the internet connection and this computer's clock.
error-wrong-genesis = The members' list is not the right one: it does not fit this record, or the members that answer.
    .fix = Do not go on. Ask your organisation for the right list. Your own readings stay available.
error-anchor-expired = The members' list is more than 30 days old, and this computer has not been in touch with the members for as long. So nothing new can be proven.
    .fix = Ask a member in person for a new list, put it in the place of the old one, and start Salus again. Your own readings stay available.
error-clock-skew = This computer's clock is wrong.
    .fix = Set the date and time in the system settings, then try again.
error-proof-failed = A proof does not check out, so it was not used.
    .fix = Try again. If it happens again, tell your organisation.
error-segment-altered = A stored part of the record was changed by somebody, so it was not opened.
    .fix = Try again later: another copy may be good. If not, ask the patient to share again.
error-header-altered = A record of the members was changed on its way, so it was not used.
    .fix = Try again. If it happens again, tell your organisation.
error-reply-altered = A member's answer was wrong and was not used. { $detail }
    .fix = Try again. The other members may be enough.
error-bad-code = This is not a complete Salus code.
    .fix = Copy the whole code, from the first to the last character, or use the file.
error-not-attested = No member confirms this clinician.
    .fix = Do not share. Ask the clinician for a new code from their organisation. If it is about you, ask your organisation to confirm you.
error-unknown-permission = This permission is not known here.
    .fix = Go back to the list and choose again.
error-not-yet = This permission has not started yet.
    .fix = Come back when it starts.
error-ended = This permission has ended.
    .fix = Nobody can open new readings with it. Ask the patient for a new permission if you still need one.
error-stopped = The patient stopped this permission.
    .fix = Nobody can open new readings with it. Talk to the patient if you still need to see them.
error-outside-hours = The patient lets this be opened at certain hours only.
    .fix = It opens again at { $detail }.
error-before-appointment = The patient lets this be opened around an appointment only, which is still to come.
    .fix = It opens on { $detail }.
error-after-appointment = The patient let this be opened around an appointment only, which is over.
    .fix = Ask the patient for a new permission if you still need one.
error-needs-second = The patient lets this be opened only together with a second clinician.
    .fix = Ask another clinician to agree, and paste the answer here.
error-bad-second = This does not count as a second clinician's agreement.
    .fix = Paste the whole text as it was sent. Whoever agrees must be a clinician whom a member has confirmed, and agree to this opening.
error-second-is-yourself = You asked this yourself.
    .fix = Another clinician has to agree.
error-condition-denies = The permission's condition does not let this be opened now.
    .fix = See what the permission asks for in the inbox, and try again when that is so.
error-off-duty = This is for those on duty, and you are not on duty there now.
    .fix = Ask your organisation to put you on duty, then open it again.
error-outside-scope = This is not covered by the permission.
    .fix = Ask the patient for a permission that covers it.
error-target-missing = The folder for it is not there.
    .fix = Plug in its disk, or choose another folder.
error-target-read-only = Nothing can be written there.
    .fix = Check whether the disk is write-protected, or choose another folder.
error-target-full = That disk is full. What was there is still there.
    .fix = Make room on it, or choose another folder, then try again.
error-no-backup-key = Backups cannot be made yet: Salus does not know which recovery key should open them.
    .fix = Type your recovery key once under Backups, “Test with the paper”.
error-backup-not-verified = The backup could not be read back whole. It was removed; earlier ones are kept.
    .fix = Try again. If it happens again, the disk may be failing: choose another folder.
error-backup-not-removed = A new backup was made, but an older one, which still holds readings that you deleted for ever or opens with parts of people whom you replaced, could not be removed.
    .fix = Check that you may change the folder, or remove the older files there yourself.
error-backup-unreadable = The backup cannot be read from its disk.
    .fix = Check that the disk is plugged in and that you may read the file, or use another backup.
error-not-a-backup = This file is not a backup of Salus.
    .fix = Choose a file whose name begins with “salus” and ends with “.age”.
error-wrong-recovery-key = This recovery key does not open it.
    .fix = Compare it with your paper, group by group. A backup opens with the recovery key of the day it was made.
error-backup-altered = This backup is incomplete or was changed. Nothing of it was used.
    .fix = Use another backup. Copy it from its disk again if you copied it.
error-too-few-parts = Too few parts that fit have come back.
    .fix = Ask the people who agreed to open Salus, and wait until their parts are here.
error-parts-other-backup = These parts do not open this backup. Nothing of it was used.
    .fix = Choose a backup of this record that was made after you named these people. The newest is best.
error-busy = Something else is still running.
    .fix = Wait until it is done, or stop it, then try again.
error-bad-card = This is not a complete emergency card, or a character of it is wrong.
    .fix = Take another photo, or compare the text with the card, group by group. It begins with SE1.
error-old-card = This emergency card is of an older kind. It does not say whose readings belong to it, so Salus does not open it.
    .fix = Call whoever the card names. The person can make a new card under “Emergency card” and print it.
error-card-of-another = Somebody put readings behind this card that are not from the person who made it. Nothing of them was opened.
    .fix = Do not rely on them. Call whoever the card names, and tell the person to make a new card.
error-emergency-waits = It is too early to open this alone.
    .fix = Announce the emergency and wait half an hour, or ask a second clinician to agree now.
error-emergency-over = The four hours of this emergency are over.
    .fix = Ask the patient, or whoever looks after their record, for a permission.
error-too-many = Too many requests at once.
    .fix = Wait a minute, then try again.
error-too-large = This is too large.
    .fix = Check that you chose the right file.
error-beyond-power = This goes beyond what you may permit.
    .fix = Look at your limits under “Family”, and choose fewer readings or a shorter time.
error-other-clinician = You may not let this clinician see it.
    .fix = You may let see: { $detail }. For anybody else, ask the person.
error-not-yours = This is not for you to do.
    .fix = Look under “Family” at what you may do, and ask the person or another helper.
error-power-not-in-force = Your authority does not work now: it has not begun, has ended, or waits to be looked at.
    .fix = Ask the person whom you help.
error-change-waits = Another change of who helps waits.
    .fix = Wait until it takes effect, or object to it, and try again.
error-nothing-waits = This does not wait any more, or you said it already.
    .fix = Nothing needs to be done. Look at the list again.
error-family-changed = Who helps has changed meanwhile.
    .fix = Look again at what is there now, and decide then.
error-bad-family-code = This is not a complete Salus family code.
    .fix = Copy the whole code, from the first to the last character, or use the file.
error-bad-recovery-text = This is not the text that belongs here, or it is incomplete.
    .fix = Copy the whole text, from the first to the last character, and put it where it is asked for.
error-code-asks = This code asks for readings. Only the person whose readings they are can answer that.
    .fix = Ask the clinician for a code that asks for nothing.
error-code-used = Somebody has used this code already, so it is not taken back.
    .fix = Close this question: what they gave you is in your lists, and they can end it.
error-nothing-yet = There is nothing stored for this yet.
    .fix = Wait until the first readings have arrived, then try again.
error-declined = You said no. Nothing was signed.
    .fix = Nothing needs to be done.
error-cancelled = This was cancelled.
    .fix = Start again when you are ready.
error-internal = Something went wrong inside Salus.
    .fix = Close Salus and open it again. If it happens again, send us the log.

## Several laptops, one record
laptops-title = My laptops
laptops-short = You can keep one record on several laptops: each stores readings, and gives and stops permissions.
laptops-open = See my laptops
laptops-sentence = Your record can be on several laptops. Each one stores what is measured on it, and they pass it on to one another through the members, sealed so that only your laptops can read it.
laptops-back-hint = If the first laptop was lost, this one was taken out with it. Show a code here, and compare six digits with the new first laptop, to belong to the record again.
laptops-removed-here = This laptop was removed from the record on { $when }. What it has read stays readable here; nothing new comes, and it gives and stops no permission any more.
laptops-history-title = Bringing the record over
laptops-coming = { $left } parts of the record are still to come; { $taken } are here. The newest come first. It goes on by itself while this record is open.
laptops-paused = You stopped it: { $taken } parts are here, { $left } are still to come.
laptops-whole = Everything that the other laptop has passed on is here.
laptops-can-give = { $n ->
    [0] This laptop can give no permission until the first laptop has been on again.
    [one] This laptop can give one more permission before the first laptop has to be on again.
   *[other] This laptop can give { $n } more permissions before the first laptop has to be on again.
}
laptops-sync = Bring both laptops up to date now
laptops-syncing = Passing on what is new
laptop-first = First laptop
laptop-nameless = A laptop without a name
laptop-this = this one
laptop-from-first = Others are added and removed on this laptop.
laptop-added = Added on { $date }
laptop-seen = Last heard from on { $date }
laptop-removed = Removed on { $when }
laptop-not-shut-out = The members have not confirmed yet that it gives and stops nothing any more. It opens nothing new already; Salus goes on asking them.
laptop-rename = Rename
laptop-rename-yes = Save the name
laptop-rename-no = Keep the old name
laptop-name = Name of the laptop
laptop-remove = Remove
laptop-remove-title = Remove { $name }?
laptop-remove-what = It cannot open what you measure on this laptop from now on, nor what you measure on your other laptops once Salus was open on them again. As soon as the members have recorded the removal, at once or when this laptop is online again, it gives and stops no permission any more, and an emergency card that was made on it stops.
laptop-remove-not = What was measured before stays readable on it, also what it does not show yet: that cannot be taken back. It can only come back by being added anew.
laptop-gave = These permissions were given on it:
laptop-keep = Give them again from this laptop, so that they go on
laptop-keep-why = With the same conditions, to clinicians whom a member confirms. Leave it out if the laptop was stolen: then these open nothing that is measured from then on.
laptop-remove-yes = Remove this laptop
laptop-remove-no = Keep it
laptop-passphrase = Your passphrase, again
laptops-add-title = Add a laptop
laptops-add-hint = On the new laptop, begin a record in Salus, open “My laptops” there, and let it show its code. Then type its twelve words here, or take them from a photo of that screen.
laptops-code = The twelve words that the new laptop shows
laptops-code-hint = The first four letters of each word are enough, with a space between them.
laptops-heard = What was understood
laptops-heard-some = { $n } of 12 words.
laptops-heard-all = All twelve words are there.
laptops-heard-more = There are more than twelve words.
laptops-heard-unknown = Word { $n }, “{ $word }”, is not in the list of words. Compare it with the other screen.
laptops-heard-meant = Word { $n }, “{ $word }”, is not in the list of words. Did you mean “{ $meant }”?
laptops-code-file = Or choose the file with the code
laptops-read = Read the code
laptops-join-title = Make this another laptop of a record
laptops-join-hint = Nothing is in this record yet, so it can become another laptop of a record that you have elsewhere. This laptop keeps its own passphrase and its own recovery key.
laptops-show = Show the code
laptops-own-code = The code of this laptop: twelve words
laptops-wait-new = Type these words on the other laptop, under “My laptops”, or take them there from a photo of this screen. They are good until { $when }.
laptops-wait-old = Waiting for the new laptop. It has to be on, with Salus open.
laptops-compare = Both laptops show six digits now. Look at both: are they the same?
laptops-agreed = You said that the digits are the same. Waiting for the other laptop.
laptops-broken = This did not work: the code ran out, or somebody else answered it. Nothing was handed over.
laptops-whose = The other laptop says that this is the record of { $name }.
laptops-will = The new laptop will read everything in your record, store readings, and give and stop permissions, until you remove it. If the digits differ, cancel.
laptops-same = They are the same
laptops-same-add = They are the same: add the laptop
laptops-cancel = Cancel
laptops-again = Begin anew
lost-step-laptop = Was it one of your other laptops? Remove it
lost-step-laptop-why = Then it opens nothing that is measured from then on, and gives and stops no permission. New keys begin with it.
error-bad-laptop-code = This is not a complete code of another laptop.
    .fix = Type the twelve words that the new laptop shows, or use its file or a photo of its screen.
error-unknown-word = Word { $detail } is not in the list of words that codes are made of.
    .fix = Compare it with the other screen. The first four letters of each word are enough.
error-word-count = A code has twelve words. Words found here: { $detail }.
    .fix = Type every word that the other screen shows, with a space between them.
error-words-wrong = These twelve words do not belong together: one of them is wrong, or they are out of order.
    .fix = Compare them with the other screen, one by one.
error-no-laptop-there = No laptop waits with this code.
    .fix = Compare the words with the other screen, and try again in a moment. Both laptops have to be online. If the code there ran out, let it show a new one.
error-pairing-broken = The two laptops did not get to know each other: something in between did not fit.
    .fix = Cancel on both, let the new laptop show a new code, and compare the digits again. Nothing was handed over.
error-not-compared = The two laptops have not shown their digits yet.
    .fix = Keep Salus open on both, wait for the digits, and compare them.
error-laptop-removed = This laptop was removed from the record.
    .fix = What it has read stays readable. To use it again, add it anew on the first laptop.
error-needs-other-laptop = This laptop cannot do that until the first laptop has been on again.
    .fix = Open your record on the first laptop, wait a minute, and try again. Or do it there.
error-other-laptop-only = This can only be done on the first laptop.
    .fix = Open your record on the laptop that the others were added on.
error-laptop-taken = This cannot become another laptop, or the record has as many laptops as it can have.
    .fix = Begin a new record on this laptop. A record can have eight laptops in all, and those that were removed count.
error-holds-readings = Readings are in this record already.
    .fix = Begin another record beside it, under Settings, and let that one join.

## clinical: summaries by published conventions
clinical-glance = At a glance
clinical-daily = Only daily summaries are shared. The average of a week at home, the glucose profile and the variability need single readings.
clinical-reader-clock = Mornings, evenings and days are those of this computer's clock.
clinical-this-week = this week
clinical-in-days = in the days from { $span }
clinical-today = today
clinical-yesterday = yesterday
clinical-on-date = on { $date }
clinical-no-finding = These are figures, not a diagnosis.
clinical-no-usual = What is usual cannot be said yet: there are { $there }.
clinical-next-pressure = The next step: measure twice in the morning and twice in the evening, sitting quietly, on seven days in a row.
clinical-short-pressure = Not enough readings for the average of a week at home ({ $span }): there are { $there }.
clinical-short-glucose = Not enough readings for a glucose profile ({ $span }): there are { $there }.
clinical-short-variability = Not enough heartbeats to compare days ({ $span }): there are { $there }.
lack-pressure-readings = { $have } of { $need } morning and evening readings after the first day
lack-pressure-days = { $have } of { $need } days after the first
lack-sensor-active = sensor values for { $have } % of the time, of { $need } % that are needed
lack-beat-windows = no five minutes by the clock (such as 8:00 to 8:05) with enough heartbeats today or yesterday; ten minutes in a row always hold them
lack-beat-hours = { $have } of { $need } hours of heartbeats within one day
lack-night-hours = { $have } of { $need } hours of heartbeats between midnight and six in the morning
lack-earlier-days = { $have } of { $need } earlier days with readings
lack-respiration = a respiratory rate of the same hour
lack-saturation = an oxygen saturation of the same hour
lack-systolic = a blood pressure of the same hour
lack-pulse = a pulse of the same hour
lack-temperature = a temperature of the same hour
lack-alertness = how alert the person was
lack-breathing = what the person breathed
clinical-pressure-own = Your blood pressure { $when } was { $mean } on average.
clinical-pressure-usual = Your blood pressure was usual for you { $when }: { $mean }.
clinical-pressure-above = Your blood pressure was higher than usual for you { $when }: { $mean }.
clinical-pressure-below = Your blood pressure was lower than usual for you { $when }: { $mean }.
clinical-pressure-mixed = Of your blood pressure { $when } one value was higher and the other lower than usual for you: { $mean }.
clinical-pressure-high = A week at home that comes to { $limit } or more is called high. Talk with your doctor about it.
clinical-pressure-not-high = It is below { $limit }, from which on a week at home is called high.
clinical-pressure-parts = The average of { $n } readings on { $days } days: { $morning } in the morning, { $evening } in the evening.
clinical-pressure-mean-below = Mean of { $n } readings on { $days } days, { $mean }; morning { $morning }, evening { $evening }; below { $limit }.
clinical-pressure-mean-high = Mean of { $n } readings on { $days } days, { $mean }; morning { $morning }, evening { $evening }; at or above { $limit }.
clinical-pressure-rule = { $span }, by the rule of the European Society of Hypertension: the first day is left out, and two readings of each morning and evening count; here the first two from 04:00 to 12:00 and from 16:00 to 04:00.
clinical-pressure-pulse = Pulse { $value }.
clinical-pressure-irregular = { $n ->
    [one] With 1 of these readings the device saw an irregular pulse; it counts all the same.
   *[other] With { $n } of these readings the device saw an irregular pulse; they count all the same.
}
clinical-pressure-left-out = Left out: { $first } of the first day, { $beyond } beyond the first two of a morning or evening, { $other } at other times of day, { $doubted } that the device itself doubts.
clinical-pressure-own-days = On { $days } of the 28 days before, the middle half was { $systolic } over { $diastolic }.
clinical-glucose-own = Your glucose was between 70 and 180 mg/dL (3.9 and 10.0 mmol/L) in { $share } of what the sensor measured in the last fourteen days.
clinical-glucose-other = In range (70 to 180 mg/dL, 3.9 to 10.0 mmol/L) in { $share } of the sensor's values of fourteen days.
clinical-glucose-mean = Mean { $mean } ({ $molar }); glucose management indicator { $gmi } % ({ $gmi_molar } mmol/mol); coefficient of variation { $variation } %.
clinical-glucose-rule = By the international agreement on time in range (2019). The sensor gave values for { $active } of the time, about every { $minutes } minutes: { $n } counted, { $left } left out because the sensor doubts them or they came twice.
clinical-glucose-limits = In mmol/L the bounds are 3.0, 3.9, 10.0 and 13.9. The goals are not for pregnancy, where the range is 63 to 140 mg/dL (3.5 to 7.8 mmol/L). The glucose management indicator is worked out from the mean; it is no HbA1c from a laboratory.
clinical-ranges = Time in each range, { $span }
clinical-range-very-high = Very high, above 250 mg/dL
clinical-range-high = High, 181 to 250 mg/dL
clinical-range-in = In range, 70 to 180 mg/dL
clinical-range-low = Low, 54 to 69 mg/dL
clinical-range-very-low = Very low, below 54 mg/dL
clinical-goals-for = Whose goals
clinical-goals-adult = Goals for most adults
clinical-goals-older = Goals for older or frail people
clinical-goal-met = reached
clinical-goal-not-met = not reached
clinical-goal-in = In range for more than { $bound } of the time: { $share },
clinical-goal-below = Below 70 mg/dL for less than { $bound }: { $share },
clinical-goal-very-low = Below 54 mg/dL for less than { $bound }: { $share },
clinical-goal-above = Above 180 mg/dL for less than { $bound }: { $share },
clinical-goal-very-high = Above 250 mg/dL for less than { $bound }: { $share },
clinical-goal-variation = Variation of at most { $bound }: { $share },
clinical-profile-label = Glucose by time of day, { $n } half hours. Use the left and right arrow keys to read them one by one.
clinical-profile-hint = Select the picture and use the arrow keys to read single half hours.
clinical-profile-at = { $from } to { $to }: median { $median }, middle half { $half }, nine of ten { $most }, from { $n } values
clinical-profile-median = Median
clinical-profile-half = Middle half of the values
clinical-profile-most = Nine of ten values
clinical-profile-gaps = { $n ->
    [one] One half hour is left empty: fewer than { $days } days have values then.
   *[other] { $n } half hours are left empty: fewer than { $days } days have values then.
}
clinical-profile-table = Glucose by time of day as a table
clinical-profile-caption = Percentiles of all days by time of day, in { $unit }
clinical-profile-time = From
clinical-profile-percentile = { $p }th
clinical-beats-usual = Your beat-to-beat variability was usual for you { $when }: { $value } ms.
clinical-beats-above = Your beat-to-beat variability { $when } was { $value } ms, above your usual { $low } to { $high } ms.
clinical-beats-below = Your beat-to-beat variability { $when } was { $value } ms, below your usual { $low } to { $high } ms.
clinical-beats-alone = Beat-to-beat variability (RMSSD) { $when }: { $value } ms.
clinical-beats-own-days = RMSSD { $value } ms { $when }; own median { $median } ms, middle half { $low } to { $high } ms on { $days } of the 28 days before.
clinical-beats-heart = RMSSD of heartbeats, mean of windows of { $minutes } minutes of which at least { $least } % can be used.
clinical-beats-pulse = RMSSD of pulse waves (optical sensor), mean of windows of { $minutes } minutes of which at least { $least } % can be used.
clinical-beats-windows = { $n ->
    [one] 1 window; { $percent } % of the intervals were left out as artefacts.
   *[other] { $n } windows; { $percent } % of the intervals were left out as artefacts.
}
clinical-beats-device = Measured by { $device }.
clinical-beats-others = { $n ->
    [one] Another device measured too and is not mixed in.
   *[other] { $n } other devices measured too and are not mixed in.
}
clinical-sdnn = SDNN over 24 hours (at least 18 of them used, the night among them), { $date }: { $value } ms; { $percent } % of the intervals were left out as artefacts.
clinical-no-sdnn = Not enough heartbeats for an SDNN over 24 hours: there are { $there }.
news-title = Early warning score (NEWS2)
news-typed = No sensor tells these. Type them for the time of the readings above.
news-alertness = How alert was the person?
news-choose = Please choose
news-is-alert = Alert
news-is-confused = Newly confused
news-is-voice = Responds to voice
news-is-pain = Responds to pain
news-is-unresponsive = Unresponsive
news-breathing = What did the person breathe?
news-air = Air
news-oxygen = Oxygen
news-scale = Scale of the oxygen saturation
news-scale-one = Scale 1
news-scale-two = Scale 2: target 88 to 92 %, for confirmed hypercapnic respiratory failure only
news-score = Work out the score
news-is = NEWS2: { $total }, { $risk }
news-low = low risk
news-low-medium = low to medium risk: 3 points in a single parameter
news-medium = medium risk
news-high = high risk
news-points = Points: { $list }.
news-part-respiration = respiration
news-part-saturation = saturation
news-part-breathing = air or oxygen
news-part-systolic = systolic pressure
news-part-pulse = pulse
news-part-alertness = alertness
news-part-temperature = temperature
news-when = Of readings of { $span }.
news-short = Nothing is scored in part. Missing: { $there }.
news-vitals = The newest of each vital sign
news-no-vitals = None of the vital signs is in what was opened.
news-in-set = within the same hour as the others
news-not-in-set = not within the same hour, or older than 12 hours
news-limits = By the chart of the Royal College of Physicians, 2017. Not for people under 16 and not in pregnancy. A score is no diagnosis, and does not replace looking at the person.

## clinician: inbox, patients, an opened record, notes back
nav-patients = Patients
inbox-soon = Ending within 3 days
inbox-flagged = Flagged
inbox-counts = To look at: { $list }.
inbox-mark-both = New · ends in { $length }
inbox-mark-soon = Ends in { $length }
inbox-count-soon = { $n ->
    [one] 1 permission that ends within 3 days
   *[other] { $n } permissions that end within 3 days
}
inbox-count-flagged = { $n ->
    [one] 1 flagged permission
   *[other] { $n } flagged permissions
}
flag = Flag
flag-set = Flagged
flag-whose = Flag { $name }
patients-title = Patients
patients-search = Search by name, note or kind of reading
patients-over = Show those that have ended
patients-shown = { $shown } of { $total } shown, sorted by: { $by }, { $order }.
patients-ascending = lowest first
patients-descending = highest first
patients-a-to-z = A to Z
patients-z-to-a = Z to A
patients-oldest = oldest first
patients-newest = newest first
patients-none-found = Nothing fits what you typed. Try fewer words.
patients-name = Patient
patients-last = Last reading
patients-coverage = Days with readings
patients-range = Against the range
patients-left = Time left
patients-acts = What you can do
patients-until = until { $when }
patients-open = Open
patients-open-whose = { $name }'s readings
patients-days = { $n } of { $total } days
patients-range-short = Too few days to compare
patients-kept = Last reading, days and ranges are those that you saw when you opened a record. They are forgotten when Salus locks; flags stay on this computer.
patients-unopened = Nothing was opened since you unlocked, so no last reading, days or range is known here. Open a record to see them; the patient sees that you did.
patients-apart = Each line is one permission. The same person may have given you several; nothing here shows it.
range-home-high = { $what } { $value } in a week at home: at or above { $range } (ESH)
range-home = { $what } { $value } in a week at home: below { $range } (ESH)
range-own-above = { $what } { $value } on the newest day: above the person's own usual { $range }
range-own-below = { $what } { $value } on the newest day: below the person's own usual { $range }
range-own = { $what } { $value } on the newest day: within the person's own usual { $range }
opened-over-time = Look at { $what } over time
opened-over-time-close = Hide this picture
opened-over-time-hint = Drawn from what you opened: the lowest and highest of each minute, or of each hour where there are many readings. Nothing more is opened for it.
opened-usual-few = { $n ->
    [0] What is usual for the patient can be said after { $least } days with readings within four weeks. There are none in what you opened.
    [one] What is usual for the patient can be said after { $least } days with readings within four weeks. There is 1 in what you opened.
   *[other] What is usual for the patient can be said after { $least } days with readings within four weeks. There are { $n } in what you opened.
}
opened-whole = All of it
granted-title = What you see, and what is hidden
granted-by = Who granted it
granted-by-whom = { $name }, who can stop it at any time
granted-by-helper = Somebody who helps { $name }, within what { $name } allowed; { $name } and whoever helps can stop it at any time
inbox-by-helper = Given by somebody who helps { $name }.
granted-hidden = Hidden from you
granted-hidden-what = Every other kind of reading and every other time, the patient's own notes, and what they call their devices. Whether there is any of that is hidden too.
printed-head = Readings of { $name }, { $span }
printed-by = Printed by { $name }, { $when }
printed-stays = What was opened and is on paper cannot be taken back. Keep this as you keep a patient's file.
opened-print = Print
ended-stays = Nothing of what you opened was kept on this computer. What you printed or wrote down stays with you: what has already been opened cannot be taken back.
ended-while-open = This permission is over. What you see was opened before and goes when you leave this screen; nothing new can be opened with it.
compare-title = Compare two periods
compare-what = Readings
compare-when = How long each period is; the second one ends with the newest day
compare-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
compare-own = Own dates
compare-wrong = Each period needs a first day and a last day that is not before it, and is at most 400 days long.
compare-first-from = First period, first day
compare-first-to = First period, last day
compare-second-from = Second period, first day
compare-second-to = Second period, last day
compare-first = First: { $span }
compare-second = Second: { $span }
compare-none = Nothing was measured in either period: { $first }; { $second }.
compare-limits = A difference of averages and no judgement: whether it could be chance is not tested.
compare-table = Figures of both periods
compare-lower = { $what } was { $by } lower in the second period: { $second } after { $first }, averages of { $m } and { $n } values.
compare-higher = { $what } was { $by } higher in the second period: { $second } after { $first }, averages of { $m } and { $n } values.
compare-same = { $what } was the same in both periods: { $first }, averages of { $n } and { $m } values.
compare-figures = { $what }: { $first } in the first period and { $second } in the second, averages of { $n } and { $m } values.
compare-only-first = { $what } was measured in the first period only: { $mean }, { $n ->
    [one] 1 value
   *[other] { $n } values
}.
compare-only-second = { $what } was measured in the second period only: { $mean }, { $n ->
    [one] 1 value
   *[other] { $n } values
}.
compare-cell = { $mean } ({ $low } to { $high }), { $n ->
    [one] 1 value
   *[other] { $n } values
}
replies-title = A note to { $name }
replies-hint = { $name } reads it in Salus, with your name and who confirms you. It is signed and cannot be changed. In an emergency, call instead.
replies-hint-helper = { $name }, and the helper who gave you this permission, read it in Salus, with your name and who confirms you. It is signed and cannot be changed. In an emergency, call instead.
replies-label = Your note
replies-left = { $n ->
    [one] 1 character left
   *[other] { $n } characters left
}
replies-wrong = Plain text only, at most 2,000 characters on 60 lines, without tabs and hidden characters.
replies-send = Sign and send to { $name }
replies-takes-back = This note will say that note { $n } is taken back.
replies-keep = Leave note { $n } as it is
replies-take-back = Take note { $n } back
replies-taken-back = A later note takes this one back. The patient sees both.
replies-there = Note { $n }, signed { $when }: it waits for { $name } with the members. Whether it was read is not told.
replies-with-helper = Note { $n }, signed { $when }: it waits with the members for the helper who gave you this permission, and for { $name } as soon as { $name }'s computer has said where notes go.
replies-waits = Note { $n }, signed { $when }: it is sent as soon as enough members can be reached.
replies-no-address = { $name }'s computer has not said yet where notes go. It does so by itself the next time it is open.
replies-too-late = This permission has been over for more than 30 days, so no more notes can be sent. Ask { $name } for a new one.
replies-full = 12 notes were sent with this permission, which is as many as there can be. Ask { $name } for a new one.
replies-not-attested = No member has confirmed you yet, so you cannot sign notes.
notes-title = Notes from clinicians
notes-empty = No notes yet.
notes-empty-hint = A clinician to whom you gave a permission can write you a note. It appears here, with who signed it.
notes-link = { $n ->
    [one] 1 note from a clinician
   *[other] { $n } notes from clinicians
}
notes-one = { $name } wrote you a note. It came { $when }.
notes-many = { $n } notes from clinicians wait to be read, the newest from { $name }.
notes-read = Read
notes-new = New
notes-answer = Notes go one way. To answer, call or visit the clinician.
notes-takes-back = This note takes note { $n } back.
notes-taken-back = A later note takes this one back. Go by the later one.
notes-when = Note { $n }, written { $written } by the clinician's clock; here since { $came }.
notes-after-stop = You had stopped the permission when this was written. A stop ends new openings; what was seen before can still be written about.
notes-after-a-stop = The permission had been stopped when this was written. A stop ends new openings; what was seen before can still be written about.
notes-after-end = The permission had ended when this was written.
notes-have-read = I have read { $name }'s note
notes-signed = Signed by { $name }, whom { $member } confirmed when the note came.
notes-by-helper = It came with a permission that { $name } gave for you.
notes-about = About { $name }, with a permission that you gave.
notes-withdrawn = Signed by { $name }, but { $member } had taken its confirmation back when the note came. Ask the organisation before you act on it.
notes-suspended = Signed by { $name }, but { $member } did not confirm them for the time being when the note came. Ask the organisation before you act on it.
notes-ran-out = Signed by { $name }, but { $member }'s confirmation had run out when the note came. Ask the organisation before you act on it.

## patient: today, the record over time, notes, imports, what a permission shows
nav-readings = Record
error-not-an-import = Salus cannot take readings from this file.
    .fix = Choose a table (CSV) whose first row says what each column is, an export of Salus, or a file of observations in FHIR R4. Files of Apple Health and Health Connect cannot be read.
sources-title = Your devices now
sources-last = last reading { $when }
sources-heard = last sent { $when }
sources-doubt = It needs your answer under Devices.
sources-devices = Look after your devices
home-more = Look at { $what } over time, and write notes
trend-today-usual = That is usual for you.
trend-today-lower = That is lower than usual for you.
trend-today-higher = That is higher than usual for you.
trend-today-apart = One of the two values is lower than usual for you, the other one higher.
trend-week-usual = The last seven days were usual for you: { $value }.
trend-week-lower = The last seven days were lower than usual for you: { $value }.
trend-week-higher = The last seven days were higher than usual for you: { $value }.
trend-week-apart = In the last seven days one of the two values was lower than usual for you, the other one higher: { $value }.
trend-nothing = Nothing was measured in the last seven days.
trend-middle = On half of your days in the four weeks before, it was { $range }.
trend-range = { $low } to { $high }
trend-few = { $n ->
    [0] What is usual for you can be said after { $least } days with readings within four weeks. There are none yet.
    [one] What is usual for you can be said after { $least } days with readings within four weeks. So far there is 1.
   *[other] What is usual for you can be said after { $least } days with readings within four weeks. So far there are { $n }.
}
trend-no-finding = “Usual” compares you with yourself. It is no medical finding.
week-covered = How much of each day holds readings
week-counted = How often you measured
week-none = none
week-percent = { $percent } %
week-readings = { $n ->
    [one] once
   *[other] { $count } times
}
chart-usual = The shaded band is your usual range: { $range }.
chart-usual-patient = The shaded band is the patient's own usual range, by what you opened of { $span }: { $range }.
chart-hint-moves = Select the chart. Left and right arrow keys read single values and go on over the edge. Page Up and Page Down move over time, plus and minus, or the wheel, change how much is shown. You can also drag the chart sideways.
rule-home-pressure = { $value }: high as a week's average
rule-glucose-low = { $value }: below the usual target
rule-glucose-high = { $value }: above the usual target
record-title = Your record
record-empty-hint = Type your first reading, add a device, or take readings from a file.
record-what = What is shown
record-span = How much time is shown
record-day = Day
record-week = Week
record-month = Month
record-year = Year
record-bar = Move over time
record-earlier = Earlier
record-later = Later
record-closer = Closer
record-wider = Wider
record-first = To the beginning
record-last = To today
record-ways = Add, save or delete readings
record-import = Take readings from a file
record-export = Save everything in one file
own-days-count = { $n ->
    [0] No day with readings
    [one] 1 row, newest day first
   *[other] { $n } rows, newest day first
}
own-days-day = Day
own-days-readings = Single readings
notes-own-title = Your notes
notes-none = There is no note on these days yet.
notes-day = Day
note-write = Write a note
note-write-day = Write a note on this day
note-change = Change the note
note-of-day = Your note on { $date }
note-of-reading = Your note on a reading: { $what }, { $when }
note-label = Note
note-hint = It stays in your record. Nobody you share with sees it.
note-keep = Keep the note
note-remove = Remove the note
note-close = Close
note-kept = The note is kept.
note-removed = The note is removed.
note-back = The note is back.
import-title = Take readings from a file
import-back = Back to your record
import-hint = You see exactly what would come before anything is stored, and you can take all of it out again later. These files can be read:
import-own = What Salus itself saved under “Everything in one file”: the table or JSON Lines
import-table = A table (CSV) whose first row says what each column is: a time, and values such as “Systolic” or “Weight (kg)”. Where there are two units, the heading has to name one.
import-fhir = Observations in FHIR R4, as hospitals and other programs hand them out: one file, or one on each line
import-not = Files of Apple Health and Health Connect cannot be read: save them as a table with another program first. A whole record comes back from a backup, under Settings.
import-choose = Choose a file
import-reading = Reading the file
import-would = { $n ->
    [one] 1 reading would come into your record.
   *[other] { $count } readings would come into your record.
}
import-nothing-new = There is nothing new for your record in this file.
import-is-own = The file was saved by Salus.
import-is-table = The file is a table (CSV).
import-is-fhir = The file holds observations in FHIR R4.
import-group = { $n ->
    [one] { $what }: 1 reading, { $span }
   *[other] { $what }: { $count } readings, { $span }
}
import-whose = A file does not prove whose readings these are. Take them only if they are yours. They are marked as taken from a file, also for whoever you share them with.
import-notes = { $n ->
    [one] 1 note comes with them. It stays yours alone.
   *[other] { $count } notes come with them. They stay yours alone.
}
import-known = { $n ->
    [one] 1 reading is in your record already, and does not come twice.
   *[other] { $count } readings are in your record already, and do not come twice.
}
import-deleted = { $n ->
    [one] 1 reading is of a time that you deleted for ever. It does not come back.
   *[other] { $count } readings are of a time that you deleted for ever. They do not come back.
}
import-aside = { $n ->
    [one] 1 line is left out, and why
   *[other] { $n } lines are left out, and why
}
left-out-where = { $n ->
    [one] { $why } ({ $count } time; line { $lines })
   *[other] { $why } ({ $count } times; first in lines { $lines })
}
left-out-malformed = It does not follow the format of the file, or contradicts itself.
left-out-too-long = The line is too long, or holds too many values.
left-out-no-time = It has no time, or one that can be read in two ways, such as 11/12/2026.
left-out-other-time = Its time is still to come, or too long ago.
left-out-unknown = There is no value in it that Salus knows, or its unit is missing.
left-out-not-a-number = What stands for a value is no number.
left-out-impossible = No body gives this value.
left-out-incomplete = One of the two blood pressures is missing, or the upper one is not above the lower one.
left-out-twice = The same reading stands in the file before.
left-out-not-the-patient = The file says that it was taken back, was never final, or is not known to be yours.
import-newest = The newest of them
import-keep = { $n ->
    [one] Take this reading into my record
   *[other] Take these { $count } readings into my record
}
import-keeping = Taking the readings into your record
import-leave = Leave it
import-kept = { $n ->
    [one] 1 reading is in your record now.
   *[other] { $count } readings are in your record now.
}
import-past = What you took from files
import-state-kept = { $n ->
    [one] 1 reading is in your record
   *[other] { $count } readings are in your record
}
import-state-unfinished = It was stopped: a part of it is in your record
import-state-half-undone = Taking it out was stopped: a part of it is still in your record
import-state-undone = { $n ->
    [one] 1 reading was taken out again
   *[other] { $count } readings were taken out again
}
import-undo = Take it out again
import-undo-title = Take the whole file out of your record?
import-undo-sentence = Every reading that came from the file { $when }, and the notes on them, leave your record. All other readings stay as they are. You can take the same file in again.
import-undo-opened = What somebody has already opened cannot be taken back. Earlier backups still hold these readings; to be rid of readings for good, delete them for ever.
import-undo-laptops = If you have other laptops, they keep these readings. To be rid of them there, delete them for ever on each.
import-undoing = Taking the readings out
import-undo-yes = Take all of it out
import-undo-no = Keep it
permission-see = See what { $name } sees
seen-title = What { $name } sees
seen-nothing = { $name } sees nothing
seen-title-none = This permission is not here
seen-back = Back to who can see what
seen-only-looking = You are looking at your own record through this permission. Nothing is opened by it, and { $name } does not hear of it.
seen-not-yet = { $name } can open this from { $when }.
seen-over = This permission is over: { $name } can open nothing new with it.
minute-clock = On the screen of { $name } mornings, evenings and days are those of that computer's clock; here they are those of yours.
minute-no-vitals = None of the vital signs is in what this permission covers now.
minute-news = { $name } types how alert you are and whether you breathe air or oxygen, and gets the score then. Nothing is scored in part.
minute-news-of = { $name } types how alert { $person } is and whether they breathe air or oxygen, and gets the score then. Nothing is scored in part.
seen-hint = { $name } sees what your computer has sent so far. New readings follow while it is connected.

## shell: what happened, finding, keys, links, the desktop, help
notices-title = What happened
notices-why = Everything that Salus has to tell you is kept here, newest first.
notices-empty = Nothing has happened yet.
notices-empty-hint = When somebody opens readings, when a permission ends, or when something needs you, it appears here.
notices-new = { $n ->
    [one] 1 new
   *[other] { $count } new
}
notices-said = What happened: { $new }
notices-fresh = New
notices-look = Look at it
notice-opened = { $n ->
    [one] { $name } opened your readings.
   *[other] { $name } opened your readings: { $count } openings so far.
}
notice-opened-on-duty = { $n ->
    [one] Somebody on duty for { $name } opened your readings.
   *[other] Those on duty for { $name } opened your readings: { $count } openings so far.
}
notice-duty-named = It was { $name } who opened your readings on duty for { $group }.
notice-given-again = Your permission for { $name } goes on: Salus gave it again, because your readings are locked anew.
notice-ends-soon = The permission of { $name } ends { $when }.
notice-ended = The permission of { $name } ended.
notice-stopped = The permission of { $name } was stopped.
notice-unconfirmed = The member that confirmed { $name } does so no longer.
notice-wrote = { $name } wrote you a note.
notice-wrote-about = { $name } wrote a note about { $person }.
notice-helper-gave = { $by } let { $name } see readings of yours.
notice-helper-gave-for = { $by } let { $name } see readings of { $person }.
notice-helper-opened = { $name } opened your readings, with a permission that a helper gave.
notice-helper-opened-for = { $name } opened readings of { $person }.
notice-helper-ends-soon = What a helper let { $name } see of your readings ends { $when }.
notice-helper-ends-soon-for = What { $name } sees of { $person } with a helper's permission ends { $when }.
notice-new-key = Somebody says that another computer speaks for you. If that is not so, object now.
notice-new-key-for = Somebody says that another computer speaks for { $person }. Ask them, and object if that is not so.
notice-change = Somebody wants to change who helps you.
notice-change-for = Somebody wants to change who helps { $person }.
notice-handover = Your helpers ask to hand everything over to you, because you come of age. If that is not so, object now.
notice-handover-for = { $person } comes of age, and helpers ask to hand everything over. If that is not so, object.
notice-review = The help of { $name } rests until you have looked at it again.
notice-circle-came = Who helps you was given back to this computer. Compare the digits before you take it.
notice-circle-handed = What others decided for you was handed over to you. Compare the digits before you take it.
notice-parts-came = Enough people gave back their parts: you can get your readings back from a backup.
notice-laptop-added = “{ $name }” is another laptop of your record now. If you did not add it, remove it.
notice-laptop-removed = “{ $name }” was removed from your record.
notice-removed-here = This laptop was removed from the record. What it has read stays readable here; nothing new comes.
notice-decide = Something waits for your word.
notice-decide-for = Something of { $person } waits for your word.
notice-battery = The battery of { $device } is low. Change or charge it soon.
notice-doubted = What { $device } sends is set aside until you say that it is yours.
notice-whose = Readings from { $device } wait until you say whose they are.
notice-pair = { $device } has to be paired again.
notice-shared = { $patient } shared readings with you.
notice-shared-ends-soon = What { $patient } shared ends { $when }.
notice-shared-ended = What { $patient } shared has ended.
notice-shared-stopped = { $patient } stopped what they had shared.
palette-open = Find
palette-title = Find a screen, or do something
palette-field = Type a word. The arrow keys choose, Enter goes there.
palette-count = { $n ->
    [one] 1 found
   *[other] { $n } found
}
palette-none = Nothing has this name. Try another word, or look under Help.
palette-close = Close
settings-shortcut-keys = A question mark shows the keys
keys-title = Keys
keys-palette = Find a screen, or do something
keys-tab = To the next field, button or link; with Shift, back
keys-enter = Press what is marked
keys-escape = Close what lies over the screen; nothing is done
keys-arrows = One by one through the points of a chart, or through choices
keys-off = Single letters can be switched off under Settings, “Keyboard”.
keys-on = Single letters are switched off. Settings, “Keyboard”, switches them on.
link-code = A link brought a clinician's code.
link-card = A link brought an emergency card.
link-question = A link brought a question of another clinician's.
link-for-patient = A link brought a clinician's code. It is for a patient's record: open it there.
link-for-clinician = A link brought something that is for a clinician.
link-unreadable = A link was opened that Salus cannot read. Ask whoever sent it to send it again.
link-nothing = Nothing was done with it. Links prove nothing about who made them.
link-look = Look at it
link-away = Put it away
desktop-title = Notifications
desktop-notify = Show a notification when something happened
desktop-notify-hint = It names nobody and says nothing about anybody's health, because others may see your screen. “What happened” has everything, in any case.
desktop-quiet = Quiet hours
desktop-quiet-hint = In these hours only what is urgent is shown, such as an emergency. Set both to the same time to have none.
desktop-quiet-from = From
desktop-quiet-to = Until
desktop-no-time = Please type each time as 21:00.
desktop-keep = Keep these hours
desktop-kept = Kept.
desktop-closed-title = When the window is closed
desktop-keep-receiving = Keep receiving when the window is closed
desktop-keep-receiving-hint = Salus goes on without a window. After five minutes your record locks, as always: what your devices send is kept sealed until you unlock it, and Salus does nothing else with your record until then.
desktop-keep-receiving-back = A symbol beside the clock opens Salus, locks it or quits it. Not every desktop shows one: open Salus again, and its window is back.
desktop-background = Start in the background
desktop-background-hint = The window stays hidden until you open Salus. Nothing is received before you have unlocked your record once.
desktop-start-title = When the computer starts
desktop-start = Open Salus when I log in
desktop-start-hint = Your record stays locked until you unlock it.
help-title = Help
help-why = Questions that people ask. Open one to read the answer.
help-find = Look for a word
help-none = No question has this word.
help-none-hint = Try another word, or a shorter one.
help-letters = How do I make the letters bigger?
help-letters-says = Under Settings, “Text size”, choose up to 200 %. There you can also choose darker or stronger colours, and the language.
help-passphrase = I forgot my passphrase. What now?
help-passphrase-says = On the lock screen choose “Use the recovery key instead” and type the key from your paper. Then set a new passphrase under Settings. Without the passphrase and without the paper, only the people whom you named to help you to get back in can bring your record back, from a backup. The people who made Salus cannot.
help-paper = What is the recovery key, and where do I keep it?
help-paper-says = It is the row of letters and digits that you wrote on paper at the beginning. It opens your record when the passphrase is forgotten, and your backups when the computer is lost. Keep the paper where you keep your passport. If it is lost, make a new key under Settings.
help-locked = Why is my record locked again?
help-locked-says = When nobody uses Salus for five minutes, the record locks by itself, so that nobody who passes by can read it. Nothing is lost, and what you were typing is there again. The lock screen says whether your devices go on sending meanwhile.
help-closed = Does Salus go on when I close its window?
help-closed-says = Not at first: closing the window ends Salus. Under Settings, “When the window is closed”, you can let it go on receiving. Your record still locks by itself. To get the window back, open Salus again; to end it, choose “Quit Salus” in its symbol beside the clock, or take the choice back and close the window.
help-lost = My computer is lost or stolen. What do I do?
help-lost-says = Your record on it is locked, unless it was open at that moment. On a new computer install Salus, choose “I have a backup” and use your recovery key. Then go through the steps of “A lost or stolen laptop”.
help-device = My device sends nothing. What can I try?
help-device-says = Look whether it is switched on, its battery is charged, and it lies within two metres of the computer. Under Devices you see how each is doing, and what it needs. You can always type a value by hand.
help-type = How do I type a value myself?
help-type-says = Press “Add a reading” at the side of the screen, choose what you measured, type the number and press Enter. If it was wrong, press “Undo”.
help-normal = Is my value good or bad?
help-normal-says = Salus shows what was measured. It is not a doctor and makes no diagnosis. Ask your doctor what a value means for you.
help-doctor = How do I show my readings to my doctor?
help-doctor-says = Ask your doctor for a Salus code. Under Share, paste it, see who it is, choose what they may see and until when, and look at what they will see before you agree with your passphrase.
help-stop = How do I stop somebody from seeing my readings?
help-stop-says = Under “Who can see what”, press “Stop this permission”. Within about an hour nobody can open new readings with it. What has already been opened cannot be taken back.
help-looked = Who has looked at my readings?
help-looked-says = Under “Who opened what” every opening is listed, with the name and the time. The members prove that the list is complete.
help-daughter = Can my daughter or my son help me?
help-daughter-says = Yes. Under Family you decide who helps you, what they may do and until when. You can end it at any time, and nobody who helps you can remove you from your own record.
help-card = What if I am unconscious, or cannot answer?
help-card-says = You can print an emergency card and carry it with you. With it clinicians can open a few of your readings, must say why, and you see it afterwards. It is under “Who can see what”.
help-house = Can two people use Salus on one computer?
help-house-says = Yes. Under Settings, “Whose records”, begin another record. Each has a passphrase, devices and a colour of its own at the top of the screen.
help-code = How does a patient let me see readings?
help-code-says = Under “My code” make a code for this patient and send it as text or as a file. When they have agreed, the record appears in your inbox.
help-cannot = Why can I not open a record?
help-cannot-says = The permission has not begun, has ended, was stopped, or may be opened at certain hours or with a second clinician only. The line in the inbox says which. Ask the patient for a new one if you still need it.
help-keep = May I keep what I have opened?
help-keep-says = What you opened is in memory while the record is on the screen, and the patient sees each opening. Keep only what your organisation's rules let you keep.
help-danger = I feel very ill. Does Salus call an ambulance?
help-danger-says = No. Salus calls nobody and watches over nobody. When you are in danger, call the emergency number of your country.
help-caller = Somebody asks for my passphrase or my recovery key. Do I tell them?
help-caller-says = No, never, whoever they say they are. Nobody needs them to help you, and the people who made Salus never ask for them.
help-internet = Do I need the internet?
help-internet-says = Not for measuring and looking at your own readings. To share, to stop a permission and to see who opened something, the computer has to be connected.
help-keyboard = Can I use Salus without a mouse?
help-keyboard-says = Yes, everything. Tab goes on, Enter presses, Escape closes. Ctrl and K together find any screen, and a question mark shows all keys.
help-person = Whom can I ask when this does not help?
help-person-says = Ask the person who helps you with Salus, or the organisation that gave it to you: your clinic, hospital or patients' association. Show them this screen, and never your passphrase or your recovery key.

## First run: a step at a time, each of which can be skipped, and people who only help
first-skip = Skip this step
first-looks-undo = Undo these choices
first-looks-skip = If you skip this, Salus looks as it does now. You find all of it again under Settings.
first-role-skip = If you skip this, Salus is for your own health record. Until that record is made you can come back here.
role-family = Helping somebody in my family
role-family-hint = See what they let me see, agree or object, and help them to get back in. My own readings are not in it.
field-name-hint-family = The people whom you help see it, and so do the others who help them.
first-choose = Choose both for me
first-passphrase-skip = If you would rather not think of a passphrase, Salus chooses one and shows it here, with a name, for you to write down. You can change both later under Settings.
first-name-chosen = My record
first-chosen = Salus chose this passphrase. Write it on paper now: after the first run it is not shown again.
first-key-passphrase = The passphrase that Salus chose for you. Write it on the same paper:
first-key-skip = If you skip this, your first screen says so until the key is written down. Until then a forgotten passphrase closes your record for good.
first-key-check = Check, and go on
first-key-kept = Your recovery key is written down, and it was right.
first-key-another = Make another key instead
first-guardians = People who can help you to get back in
first-guardians-hint = Two or more people whom you trust can together say that a new computer speaks for you. They need Salus too, and each gives you a code. You name them later, under Family.
first-reading = Your first reading
first-reading-hint = Add a device that measures, or type one value. Either can be taken back here.
first-way-device = Add a device
first-way-device-hint = A strap, a cuff, an oximeter, a thermometer, a scale or a glucose meter with Bluetooth.
first-way-typed-hint = What a device without Bluetooth shows, or what you know.
first-other-way = The other way
first-reading-kept = Your record has a reading.
first-device-added = You added { $name }.
first-reading-skip = If you skip this, your record is empty. You find it again under Devices, and with “Add a reading” at the side of every screen.
first-code-skip = If you skip this, you find it again under My code. Before your organisation has confirmed you, no patient can share with you.
first-code-done = Go on
first-relative = A code for the person whom you will help
first-relative-skip = If you skip this, you find it again under Family.
first-ready = Everything is ready
first-ready-hint = This is what you have done, and where you find what you have not.
first-done = Done
first-skipped = Skipped
first-do-now = Do it now
first-home-family = Go to my family
first-what-looks = Language, text size and colours
first-what-passphrase = A name and a passphrase of your own
first-what-key = The recovery key on paper
first-find-looks = Under Settings.
first-find-who = For another purpose, begin another record under Settings.
first-find-passphrase = Salus chose them. Change both under Settings.
first-find-key = On your first screen, and under Settings.
first-find-reading = Under Devices, and with “Add a reading” at the side of every screen.
first-find-code = Under My code.
first-find-relative = Under Family.
first-undo = Undo: take this record away again
first-undo-title = Take { $name }'s record away again?
first-undo-sentence = It was made just now, and nothing is in it. It is removed from this computer, and its passphrase and recovery key open nothing any more. Your choices of language, text size and colours stay.
first-undo-yes = Take this record away
first-undo-no = Keep it
band-family = I help my family
locked-hint-family = While it is locked, nothing can be read or decided. What the people whom you help have permitted goes on as it is.
lost-could-relatives = What the people whom you help let you read, and, with your passphrase, permissions in their name within your limits, until they end your help.
lost-step-relatives = Ask everybody whom you help to end your help
lost-step-relatives-why = They do it on their own computers, under Family, with “End this help”. From then on nobody can permit anything with what the lost laptop holds. Then give them a new code from this computer.
lost-other-family = { $name }: for helping relatives
error-not-empty = Something is kept in this record already, so it is not taken away.
    .fix = Go on with it. Readings are deleted under Record, and permissions are stopped under “Who can see what”.
relatives-title = People whom you help
relatives-others = Turn to somebody else whom you help
relative-title = Helping { $name }
relative-gone = You do not help this person any more.
relative-parts = What there is about { $name }
relative-authority = My authority
relative-decide = { $n ->
    [one] 1 thing waits for you
   *[other] { $n } things wait for you
}
relative-decide-none = Nothing waits for you
relative-seeing = Who can see { $name }'s readings now
relative-seeing-count = { $n ->
    [one] 1 permission works
   *[other] { $n } permissions work
}
relative-openings = Recent openings
relative-openings-none = Nobody has opened anything with a helper's permission
relative-openings-last = The last { $when }
relative-openings-more = { $n ->
    [one] 1 earlier opening is not listed here.
   *[other] { $n } earlier openings are not listed here.
}
relative-openings-own = What { $name } shared alone is not seen here. { $name } sees every opening under “Who opened what”.
relative-notes = What clinicians wrote about { $name }
relative-notes-hint = A clinician to whom you gave a permission for { $name } can write a note about it. It appears here and with { $name }, with who signed it.
relative-notes-both = { $name } gets each of these notes too, on their own computer.
relative-notes-read = You have read all of them
relative-notes-unread = { $n ->
    [one] One new note
   *[other] { $n } new notes
}
relative-opened = { $name } opened { $what }.
relative-card = Emergency card
relative-card-unseen = { $n ->
    [one] Something happened with it
   *[other] { $n } things happened with it
}
relative-card-whose = With { $name }
relative-card-hint = Only { $name } makes, shows and stops the card, on their own computer, and nobody who helps can open anything with it. What helpers are told of an announcement or an opening with it stands on this page.
relative-recovery = Recovery
relative-recovery-others = Others can help with it
relative-recovery-hint = If { $name } loses the computer, the people whom { $name } named for it can together say that a new computer speaks for them. Where you are one of them, this page says so. { $name } names them under Family, each with a new code.

## reports: pages on paper, and checking them
report-visit-title = Report for a visit
report-diary-title = Blood pressure diary
report-glucose-title = Glucose profile
report-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
report-date-short = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
report-made-own = Made on { $date } at { $time } on the person's own computer, whose clock ({ $zone }) says what is a morning and when a day begins.
report-made-clinician = Made on { $date } at { $time } by { $name }, from what was shared. Days and hours are those of that computer's clock ({ $zone }).
report-made-helper = Made on { $date } at { $time } by { $name } for { $person }, whom { $name } helps. Days and hours are those of that computer's clock ({ $zone }).
report-contents = In this report: { $what }.
report-empty = There are no readings in these days.
report-in-time = in these days
report-about = About this page
report-devices = Measured with { $names }.
report-typed = Some values were typed in by hand.
report-imported = Some values came from a file.
report-only-shared = Only what was shared is in this report. Whether there is more, whoever made it does not know.
report-only-helped = Only what { $name } can read for { $person } is in this report: { $what }, from { $date } on. Whether the record holds more, whoever made it does not know.
report-not-in = Not in this report: the person's own notes, and anything before or after these days.
report-not-in-these = Not in this report: { $what }; the person's own notes, and anything before or after these days.
report-damaged = { $n ->
    [one] A part of about an hour could not be read and is missing here.
   *[other] { $n } parts of about an hour could not be read and are missing here.
}
report-figures = { $n ->
    [one] { $what }: { $max }, one value.
   *[other] { $what }: { $min } to { $max }, mean { $mean }, { $count } values in { $percent } % of the minutes.
}
report-figures-sensor = { $n ->
    [one] { $what }: { $max }, one value.
   *[other] { $what }: { $min } to { $max }, mean { $mean }, { $count } values: { $percent } % of what the sensor should have sent.
}
report-picture = { $n ->
    [0] Chart of { $what }, { $span }. { $said }
    [one] Chart of { $what }, { $span }, with one gap. { $said }
   *[other] Chart of { $what }, { $span }, with { $n } gaps. { $said }
}
report-two-lines = Line: { $first }. Dashes: { $second }.
report-diary-table = Blood pressures day by day, in mmHg
report-day = Day
report-morning = Morning
report-evening = Evening
report-other-times = Between
report-mean = Mean
report-diary-key = In mmHg. * The device saw an irregular pulse; the reading counts. ? The device itself doubts it, and it is in no mean. (+1) One more reading. Mornings are from 04:00 to 12:00, evenings from 16:00 to 04:00; the mean of a day is of the first two readings of each.
report-range = Range
report-share = Share
report-by-time = By time of day
report-bands-key = Line: median. Dark: middle half of the values. Light: nine of ten values. The thin lines are 70, 180 and 300 mg/dL.
report-median-between = from { $from } to { $to } o'clock { $low } to { $high } mg/dL
report-bands-picture = Chart of glucose by time of day. The median is { $said }.
report-each-day = Each day
report-days-key = From midnight to midnight, from 40 to 400 mg/dL. The thin lines are 70 and 180 mg/dL.
report-day-between = { $date }: { $low } to { $high } mg/dL.
report-day-empty = { $date }: no values.
report-check-title = Is this page unchanged?
report-check-how = In Salus, choose “Reports” and then “Check a report”, and choose this file or type the code above. Salus shows what the code stands for: compare it with this page. It also says when the members recorded it.
report-square = The code of this page, for a scanner
report-attached = What this page says, for checking it
report-attached-seal = Where the members have recorded the code of this page
reports-title = Reports
reports-open = See the reports
reports-take = Make a report to take along
reports-what = A page to take along or to send: sentences, figures and small charts, with a code by which anybody who has Salus can check that it was not changed.
reports-open-file = The file is not encrypted. Whoever has it can read it, so keep it where only you can.
reports-kind = What kind of page?
reports-visit = For a visit
reports-visit-hint = Each kind of reading in a sentence, with its figures and a small chart.
reports-diary = Blood pressure diary
reports-diary-hint = A line for each day, morning and evening, with the mean of a week at home.
reports-glucose = Glucose profile
reports-glucose-hint = Fourteen days of a glucose sensor: time in range, and the profile by time of day.
reports-time = Of which days?
reports-week = Last 7 days
reports-month = Last 30 days
reports-quarter = Last 90 days
reports-of-what = What should be in it?
reports-of-nothing = Choose at least one.
reports-language = In which language?
reports-make = Make the page
reports-working = Making the page
reports-written = The page is written. Its code is { $code }.
reports-waits = The members record the code as soon as they can be reached.
reports-mine = Reports made here
reports-none = No report was made here yet.
reports-nothing-yet = There is nothing to put on a page yet. Your first reading makes it possible.
reports-line = { $kind } of { $person }, { $span }. Made { $when }.
reports-recorded = Recorded by the members { $when }.
reports-not-recorded = Not recorded by the members yet.
reports-check = Check a report
reports-check-what = Choose the file, or type the code that is printed at the end of the page.
reports-check-file = Choose the file
reports-check-working = Checking
reports-check-code = Code on the page
reports-check-typed = Check the code
reports-is-proven = This report comes from this record and was not changed. The members recorded it { $when }.
reports-is-waiting = This report comes from this record and was not changed. The members have not recorded it yet, or cannot be asked now.
reports-is-elsewhere = What this file says was recorded by the members { $when } and was not changed since. It does not come from this record, and by whom it was made the members do not know.
reports-is-nobody = Neither this record nor the members know this report. Do not rely on it.
reports-is-unasked = This record did not make this report, and the members cannot be asked now. Until then, do not rely on it.
reports-code-is = The code is { $code }. On the paper it has to be the same.
reports-compare = What the code stands for
reports-compare-hint = Compare this with the page: a page can be made to look like another, and what stands here cannot.
reports-opened = Make a page to print
reports-opened-what = Of what was opened and nothing else, with your name on it. The file is not encrypted.
reports-helped-what = Of what is shown above and nothing else: nothing more of { $name } is opened for it. It names { $name }, and you as the one who made it. The file is not encrypted.
card-pdf = Save as a file to print
card-pdf-working = Making the page
card-pdf-done = The page is written. It holds the card's key: whoever has the file has the card. Delete it once it is printed.
error-not-a-report = This file is no report that Salus made, or another program saved it anew.
    .fix = Choose the file as Salus made it, or type the code that is printed on the page.
error-report-altered = This report was changed after the members recorded it.
    .fix = Do not rely on it. Ask the person for the page again.
error-unknown-report = No report of this record has this code.
    .fix = Choose the file itself: with it the members can be asked about other records' reports too.
error-bad-report-code = This is no code of a report: a character is wrong or missing.
    .fix = Compare it with the page, group by group. It has eight groups of four.

## a code out of a picture
code-square = The code, as a picture
code-picture = Take the code from a picture
code-picture-hint = A screenshot, or a photo of the square code. It only fills the field, and typing always works too.
code-picture-done = The code from the picture is in the field above. Now go on as if you had typed it.
error-not-a-picture = This file is no picture that Salus can read.
    .fix = Choose a screenshot or a photo: a PNG or a JPEG file. Or type the code.
error-picture-too-large = This picture is too large.
    .fix = It may have 40 million pixels and 16 MB. Take a screenshot, or a photo with a smaller size. Or type the code.
error-picture-damaged = This picture is damaged: a part of it is missing or cannot be read.
    .fix = Copy it from the phone or the camera again, or take another one. Or type the code.
error-no-code-seen = No code can be read in this picture.
    .fix = Hold the page flat, in good light, and let the code fill half of the picture. Or type the code.
error-several-codes = Several different codes are in this picture.
    .fix = Take a picture with only one of them in it. Or type the code.
error-other-code = The code in this picture is none of Salus.
    .fix = Look whether it is the code that you were shown in Salus or on paper from it. It was not opened or followed.
