# Words of the page, Arabic. The same keys and variables as en.ftl; tests/words.rs compares them.

app-starting = جارٍ فتح سالوس…
app-cannot-start = تعذّر تشغيل سالوس
waiting = لحظة من فضلك…
try-again = المحاولة مرة أخرى
working = جارٍ التنفيذ…
progress-steps = الخطوة { $done } من { $total }
next = التالي
back = رجوع
copy = نسخ
copied = تم النسخ.
save-file = حفظ كملف
save-where = تجده في مجلد التنزيلات.
list-comma = ،{" "}
list-and = { $head } و{ $last }
test-clock = ساعة تجريبية
promise = بعد وقت الانتهاء، أو خلال ساعة تقريبًا من إيقافك للإذن، لا يستطيع أحد فتح قراءات جديدة بهذا الإذن. أما ما فُتح من قبل فلا يمكن استرجاعه.

## Times
when-today = اليوم الساعة { $time }
when-yesterday = أمس الساعة { $time }
when-tomorrow = غدًا الساعة { $time }
# Without a letter of its own it would run from left to right inside a sentence: a mark says which way.
when-date = {"\u200F"}{ $date }، { $time }
when-span = من { $from } إلى { $to }
when-unknown = في وقت غير معروف
length-days = { $n ->
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
   *[other] { $n } يومًا
}
length-hours = { $n ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $n } ساعات
   *[other] { $n } ساعة
}
length-hours-minutes = { $h } س { $m } د
length-minutes = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
   *[other] { $n } دقيقة
}

## Measurements: .inline stands inside a sentence; .own and .other are the sentences of a section
category-heart-rate = نبض القلب
    .inline = نبض القلب
    .own = كان نبض قلبك { $span } { $said }.
    .other = كان نبض القلب { $span } { $said }.
category-blood-pressure = ضغط الدم
    .inline = ضغط الدم
    .own = كان ضغط دمك { $span } { $said }.
    .other = كان ضغط الدم { $span } { $said }.
category-oxygen-saturation = الأكسجين
    .inline = الأكسجين
    .own = كان تشبّع دمك بالأكسجين { $span } { $said }.
    .other = كان تشبّع الدم بالأكسجين { $span } { $said }.
category-body-temperature = الحرارة
    .inline = درجة الحرارة
    .own = كانت درجة حرارتك { $span } { $said }.
    .other = كانت درجة الحرارة { $span } { $said }.
category-body-weight = الوزن
    .inline = الوزن
    .own = كان وزنك { $span } { $said }.
    .other = كان الوزن { $span } { $said }.
category-glucose = سكر الدم
    .inline = سكر الدم
    .own = كان سكر دمك { $span } { $said }.
    .other = كان سكر الدم { $span } { $said }.
category-activity = الحركة
    .inline = الحركة
    .own = حركتك { $span }: { $said }.
    .other = الحركة { $span }: { $said }.
category-electrocardiogram = تخطيط القلب
    .inline = تخطيط القلب
    .own = سُجّل تخطيط قلبك { $span }.
    .other = سُجّل تخطيط للقلب { $span }.
category-respiration = التنفّس
    .inline = التنفّس
    .own = كان معدل تنفّسك { $span } { $said }.
    .other = كان معدل التنفّس { $span } { $said }.
category-surroundings = الهواء المحيط
    .inline = الهواء المحيط
    .own = كانت حرارة الهواء من حولك { $span } { $said }.
    .other = كانت حرارة الهواء { $span } { $said }.
quantity-heart-rate = نبض القلب
quantity-rr-interval = الزمن بين النبضات
quantity-energy-expended = الطاقة
quantity-systolic = القيمة العليا
quantity-diastolic = القيمة الدنيا
quantity-mean-pressure = متوسط الضغط
quantity-pulse-rate = النبض
quantity-oxygen-saturation = التشبّع بالأكسجين
quantity-pulse-amplitude-index = التروية
quantity-body-temperature = درجة الحرارة
quantity-body-weight = الوزن
quantity-body-height = الطول
quantity-body-mass-index = مؤشر كتلة الجسم
quantity-body-fat = دهون الجسم
quantity-basal-metabolism = الطاقة عند الراحة في اليوم
quantity-muscle-percentage = نسبة العضلات
quantity-muscle-mass = العضلات
quantity-fat-free-mass = الوزن بلا دهون
quantity-soft-lean-mass = الوزن بلا دهون وعظام
quantity-body-water-mass = ماء الجسم
quantity-impedance = المقاومة الكهربائية
quantity-capillary-glucose = السكر بوخز الإصبع
quantity-interstitial-glucose = السكر بالمستشعر
quantity-glucose-trend = الاتجاه
quantity-sensor-quality = جودة المستشعر
quantity-carbohydrate = الكربوهيدرات
quantity-exercise-duration = مدة التمرين
quantity-exercise-intensity = شدة التمرين
quantity-medication-mass = الدواء بالوزن
quantity-medication-volume = الدواء بالحجم
quantity-glycated-haemoglobin = الهيموغلوبين السكري
quantity-steps = الخطوات
quantity-speed = السرعة
quantity-cadence = الإيقاع
quantity-stride-length = طول الخطوة
quantity-distance = المسافة
quantity-power = القدرة
quantity-ecg-voltage = الجهد
quantity-sample-interval = الزمن بين العيّنات
quantity-respiratory-rate = مرات التنفّس
quantity-air-temperature = حرارة الهواء
quantity-relative-humidity = الرطوبة
quantity-air-pressure = ضغط الهواء
quantity-pulse-interval = الزمن بين نبضتين
quantity-insulin-dose = الإنسولين
quantity-measurement-site = موضع القياس
quantity-carbohydrate-kind = أي وجبة
quantity-meal-context = قبل الأكل أو بعده
quantity-tester = من قاس
quantity-health-context = الحالة الصحية
quantity-medication-kind = أي دواء
quantity-sample-fluid = العيّنة

## Units as people read them
unit-per-minute = في الدقيقة
unit-percent = %
unit-mmhg = ملم زئبق
unit-kilopascal = كيلوباسكال
unit-hectopascal = هكتوباسكال
unit-celsius = °م
unit-fahrenheit = °ف
unit-kilogram = كغ
unit-pound = رطل
unit-gram = غ
unit-milligram = ملغ
unit-millilitre = مل
unit-insulin = وحدة
unit-body-mass = كغ/م²
unit-metre = م
unit-kilometre = كم
unit-centimetre = سم
unit-inch = بوصة
unit-metre-per-second = م/ث
unit-kilometre-per-hour = كم/س
unit-milligram-per-decilitre = ملغ/دل
unit-millimole-per-litre = مليمول/ل
unit-millimole-per-mole = مليمول/مول
unit-milligram-per-decilitre-minute = ملغ/دل في الدقيقة
unit-second = ث
unit-minute = دقيقة
unit-millisecond = ملي ثانية
unit-microsecond = ميكرو ثانية
unit-kilojoule = كيلوجول
unit-kilocalorie = سعرة حرارية
unit-watt = واط
unit-ohm = أوم
unit-microvolt = ميكروفولت
unit-steps = خطوة

## Codes of the thermometer and glucose profiles: where, beside which meal, and which medication
site-temperature =
    .is-1 = تحت الإبط
    .is-2 = الجسم
    .is-3 = الأذن
    .is-4 = الإصبع
    .is-5 = الجهاز الهضمي
    .is-6 = الفم
    .is-7 = المستقيم
    .is-8 = إصبع القدم
    .is-9 = طبلة الأذن
site-sample =
    .is-1 = الإصبع
    .is-2 = موضع آخر
    .is-3 = شحمة الأذن
meal =
    .is-1 = قبل الأكل
    .is-2 = بعد الأكل
    .is-3 = صائمًا
    .is-4 = بين الوجبات
    .is-5 = قبل النوم
carbohydrate =
    .is-1 = فطور
    .is-2 = غداء
    .is-3 = عشاء
    .is-4 = وجبة خفيفة
    .is-5 = شراب
    .is-6 = عشاء متأخر
    .is-7 = فطور متأخر
medication =
    .is-1 = إنسولين سريع المفعول
    .is-2 = إنسولين قصير المفعول
    .is-3 = إنسولين متوسط المفعول
    .is-4 = إنسولين طويل المفعول
    .is-5 = إنسولين مخلوط

## Quality
quality-no-contact = لا تلامس مع الجلد
quality-movement = حركة أثناء القياس
quality-cuff-loose = الكُفّة غير مشدودة
quality-irregular-pulse = نبض غير منتظم
quality-bad-position = وضعية غير صحيحة
quality-pulse-range = النبض خارج النطاق
quality-converted = محوّل من وحدة أخرى
quality-no-device-time = بلا وقت من الجهاز: وقت الوصول
quality-clock-corrected = صُحّحت ساعة الجهاز
quality-link-open = الاتصال غير مشفّر
quality-typed = أُدخل يدويًا
quality-backfilled = من ذاكرة الجهاز
quality-low-signal = إشارة ضعيفة
quality-questionable = الجهاز نفسه يشكّ فيها
quality-imported = من ملف
quality-provisional = تقدير أولي
quality-sent-as = أُرسلت { $value }
quality-typed-as = أُدخلت { $value }
quality-note = ملاحظة: { $text }

## Frame
nav-label = القائمة الرئيسية
nav-home = اليوم
nav-devices = الأجهزة
nav-share = مشاركة
nav-permissions = من يرى ماذا
nav-activity = من فتح ماذا
nav-family = العائلة
nav-members = الأعضاء
nav-settings = الإعدادات
nav-inbox = الوارد
nav-code = رمزي
nav-lock = قفل
band-patient = سجلي الصحي
band-clinician = طبيب

## First run
first-step = الخطوة { $n } من { $total }
first-looks = أهلًا بك. كيف تريد أن يبدو سالوس؟
first-looks-hint = يُطبَّق كل اختيار فورًا، ويمكنك تغييره لاحقًا في الإعدادات.
first-role = فيمَ ستستخدم سالوس؟
role-patient = سجلي الصحي
role-patient-hint = أجمع القراءات من أجهزتي وأقرّر من يراها.
role-clinician = الاطلاع على قراءات مرضاي
role-clinician-hint = أفتح ما يشاركه المرضى معي.
first-who = من أنت؟
field-name = اسمك
field-name-hint = يظهر أعلى كل شاشة وعلى كل إذن تمنحه.
field-name-hint-clinician = كما تعرفك مؤسستك. يراه المرضى مع تأكيد مؤسستك.
field-passphrase = عبارة المرور
passphrase-hide = إخفاء ما أكتبه
passphrase-show = إظهار ما أكتبه
strength-label = قوة عبارة المرور
strength-empty = أربع كلمات أو أكثر لا صلة بينها عبارة قوية وسهلة الكتابة. ويمكنك لصقها من مدير كلمات المرور.
strength-short = ثمانية أحرف على الأقل.
strength-weak = ضعيفة: يمكن تخمينها بسرعة. أضف كلمات لا صلة بينها.
strength-fair = مقبولة. كلمة إضافية تجعلها أقوى بكثير.
strength-good = جيدة.
strength-strong = قوية.
first-make = إنشاء سجلي
key-title = مفتاح الاسترداد
key-why = إن نسيت عبارة المرور فلن يفتح سجلَّك إلا هذا المفتاح. يظهر هذه المرة فقط، ولا توجد نسخة منه عند أحد، ولا حتى عندنا.
key-label = مفتاح الاسترداد
key-where = اكتبه على ورقة واحفظها حيث تحفظ جواز سفرك، لا على هذا الحاسوب.
key-written = لقد كتبته
key-type-back = اكتب هاتين المجموعتين من ورقتك، فتعرف أن المفتاح مكتوب عليها كما ظهر.
key-later = سأفعل هذا لاحقًا
key-need = لم يُكتب مفتاح الاسترداد على ورقة بعد.
key-need-why = إن نسيت عبارة المرور فلن يفتح سجلَّك إلا هذا المفتاح. وإن ضاع هذا الحاسوب فلن يفتح نسخه الاحتياطية إلا هذا المفتاح. والمفتاح الذي ظهر لا يظهر مرة أخرى: أنشئ مفتاحًا جديدًا واكتبه، وعندئذ يتوقف القديم عن العمل.
key-need-have = المفتاح عندي على ورقة
first-home = فتح سجلي

## Locked
locked-title = سجل { $name } مقفل
locked-hint = ما دام مقفلًا لا يمكن قراءة شيء. ولا تصل قراءات حتى تفتح القفل، ثم تتصل أجهزتك من تلقاء نفسها.
locked-hint-receiving = ما دام مقفلًا لا يمكن قراءة شيء. تستمر أجهزتك في الإرسال، ويُحفظ ما ترسله مختومًا ويظهر عند فتح القفل.
locked-hint-clinician = ما دام مقفلًا لا يمكن فتح أي سجل مشارَك. تبقى أذونات المرضى كما هي.
locked-nameless = لا يمكن قراءة الاسم الذي على هذا السجل الآن. يعود عند فتح القفل.
locked-damaged = إن كانت لديك نسخة احتياطية فيمكنك استعادة سجلك منها. يصبح سجلًا ثانيًا بجانب هذا السجل، ولا يُستبدل شيء من هذا السجل.
locked-open = فتح القفل
locked-use-key = استخدام مفتاح الاسترداد
locked-use-passphrase = استخدام عبارة المرور
field-recovery-key = مفتاح الاسترداد

## Home
home-title = اليوم، { $date }
span-today = اليوم
span-of = {"\u200F"}({ $span })
home-empty = سجلك فارغ.
home-empty-hint = ارتدِ جهازًا أضفته، أو أضف جهازًا الآن، فتظهر قراءاته هنا تلقائيًا. أو اكتب أول قراءة بنفسك.
home-add-device = الذهاب إلى الأجهزة
said-range = بين { $min } و{ $max }
said-from = { $n ->
    [one] { $said }، من قراءة واحدة
    [two] { $said }، من قراءتين
    [few] { $said }، من { $count } قراءات
   *[other] { $said }، من { $count } قراءة
}
said-average = { $n ->
    [one] { $value }، من قراءة واحدة
    [two] { $value } في المتوسط، من قراءتين
    [few] { $value } في المتوسط، من { $count } قراءات
   *[other] { $value } في المتوسط، من { $count } قراءة
}
sentence-none = لا توجد قراءات { $span }.
sentence-beside = { $n ->
    [one] { $what }: قراءة واحدة { $span }. قيمها في الجدول.
    [two] { $what }: قراءتان { $span }. قيمهما في الجدول.
    [few] { $what }: { $count } قراءات { $span }. قيمها في الجدول.
   *[other] { $what }: { $count } قراءة { $span }. قيمها في الجدول.
}
figure-latest = آخر قراءة { $when } من { $device }
figure-latest-typed = آخر قراءة { $when }، أُدخلت يدويًا
figure-latest-bare = آخر قراءة { $when }
figure-coverage = توجد قراءات في { $percent } % من الدقائق حتى الآن.
figure-coverage-sensor = وصل { $percent } % من القراءات التي كان على المستشعر أن يرسلها حتى الآن.
variability-heart = التغيّر بين نبضة وأخرى (RMSSD) هو { $value } ms في المتوسط، في نوافذ مدتها { $minutes } دقائق؛ واستُبعد { $percent } % من الفواصل.
variability-pulse = التغيّر بين موجة نبض وأخرى (RMSSD، مستشعر ضوئي) هو { $value } ms في المتوسط، في نوافذ مدتها { $minutes } دقائق؛ واستُبعد { $percent } % من الفواصل.
variability-heart-none = { $percent ->
    [0] لا تكفي النبضات لحساب التغيّر بين نبضة وأخرى: يلزم أن تملأ النبضات الصالحة { $least } % من { $minutes } دقائق بحسب الساعة.
   *[other] لا تكفي النبضات لحساب التغيّر بين نبضة وأخرى: يلزم أن تملأ النبضات الصالحة { $least } % من { $minutes } دقائق بحسب الساعة. واستُبعد منها { $percent } %.
}
variability-pulse-none = { $percent ->
    [0] لا تكفي موجات النبض لحساب التغيّر بين موجة وأخرى: يلزم أن تملأ الموجات الصالحة { $least } % من { $minutes } دقائق بحسب الساعة.
   *[other] لا تكفي موجات النبض لحساب التغيّر بين موجة وأخرى: يلزم أن تملأ الموجات الصالحة { $least } % من { $minutes } دقائق بحسب الساعة. واستُبعد منها { $percent } %.
}
variability-day = وعلى مدى 24 ساعة، منها 18 ساعة على الأقل من الفواصل (SDNN)، { $value } ms.
figure-summed-minutes = يعرض الرسم لكل دقيقة أدنى قيمة وأعلى قيمة والمتوسط. ويُحسب التباين بين النبضات للمدد الأقصر فقط.
figure-summed-hours = يعرض الرسم لكل ساعة أدنى قيمة وأعلى قيمة والمتوسط. ويُحسب التباين بين النبضات للمدد الأقصر فقط.
figure-summed-days = يعرض الرسم لكل يوم أدنى قيمة وأعلى قيمة والمتوسط. ويُحسب التباين بين النبضات للمدد الأقصر فقط.
figure-days = المشارَك ملخصات يومية فقط: أدنى قيمة وأعلى قيمة والمتوسط لكل يوم. الأيام بالتوقيت العالمي (UTC)، ويمكن رؤية كل يوم بعد انتهائه، خلال نحو 18 ساعة على الأكثر.
show-table = عرض كجدول
show-chart = عرض كرسم
chart-label = { $what }: رسم فيه { $n } نقطة. استخدم السهمين الأيمن والأيسر لقراءتها واحدة واحدة.
chart-hint = أشر إلى الرسم، أو اختره واستخدم الأسهم، لقراءة كل قيمة.
chart-gaps = { $n ->
    [one] لم يُقَس شيء لمدة { $length } ({ $span }).
    [two] هناك فجوتان لم يُقَس فيهما شيء، أطولهما { $length } ({ $span }).
    [few] هناك { $n } فجوات لم يُقَس فيها شيء، أطولها { $length } ({ $span }).
   *[other] هناك { $n } فجوة لم يُقَس فيها شيء، أطولها { $length } ({ $span }).
}
chart-before = في هذا الرسم لم يُقَس شيء قبل { $when }.
chart-after = في هذا الرسم لم يُقَس شيء بعد { $when }.
chart-since = في هذا الرسم لم يُقَس شيء منذ { $when }.
chart-strip = أحدث { $n } ثوانٍ، بوحدة { $unit }. هذا الرسم ليس نتيجة طبية.
table-title = { $what }: القراءات في جدول
table-count = أحدث { $shown } من { $total } قراءة
table-days-title = { $what }: الأيام في جدول
table-days-count = { $n ->
    [one] صف واحد، الأحدث أولًا
    [two] صفان، الأحدث أولًا
    [few] { $n } صفوف، الأحدث أولًا
   *[other] { $n } صفًا، الأحدث أولًا
}
table-days-day = اليوم (UTC)
table-days-what = ماذا
table-days-values = القيم
table-days-lowest = الأدنى
table-days-average = المتوسط
table-days-highest = الأعلى
table-days-covered = ما فيه قيم من اليوم
table-when = الوقت
table-from = الجهاز
table-values = { $n } قيمة
table-notes = ملاحظات
from-summary = تفاصيل
from-device = قاسه { $device }.
from-device-unnamed = قاسه جهاز.
from-firmware = البرنامج الثابت { $version }
from-link-encrypted = كان الاتصال مشفّرًا.
from-link-open = لم يكن الاتصال مشفّرًا.
from-link-unknown = لا يُعرف هل كان الاتصال مشفّرًا.
from-clock-device = الوقت وقت الجهاز.
from-clock-corrected = الوقت وقت الجهاز؛ كانت ساعته خاطئة وصُحّحت.
from-clock-behind = كانت ساعة الجهاز متأخرة { $length } وصُحّحت.
from-clock-ahead = كانت ساعة الجهاز متقدمة { $length } وصُحّحت.
from-clock-arrival = لم يرسل الجهاز وقتًا؛ هذا وقت وصول القراءة.
from-clock-instead = لا يمكن أن يكون وقت الجهاز صحيحًا؛ هذا وقت وصول القراءة.
from-memory = أُخذت من ذاكرة الجهاز، { $when }.
from-typed = أُدخلت يدويًا، { $when }.
from-typed-on-device = يقول الجهاز إن أحدًا أدخل هذه القيمة فيه يدويًا.
from-file = أُخذت من ملف، { $when }.

## Typing a reading
entry-title = إضافة قراءة
entry-what = ماذا قست؟
entry-unit = الوحدة
entry-unit-of = وحدة القياس: { $what }
entry-optional = { $what } (اختياري)
entry-pressure-hint = يمكنك كتابتها كلها في الحقل الأول، مثل 128/79 أو 128/79/61.
entry-more = قيم أخرى، كلها اختيارية
entry-not-said = غير محدد
entry-when = متى
entry-note = ملاحظة لنفسك (اختياري)
entry-store = حفظ هذه القراءة
entry-close = إغلاق
entry-nothing = اكتب قيمة واحدة على الأقل من فضلك.
entry-missing = اكتب هذه القيمة أيضًا من فضلك: القيمتان العليا والدنيا تُحفظان معًا.
entry-not-a-number = هذا ليس رقمًا.
entry-out-of-range = لا يمكن أن تكون هذه القيمة صحيحة. راجع الرقم والوحدة.
entry-no-time = اكتب اليوم والوقت هكذا: 2026-11-22 14:05.
entry-to-come = هذا الوقت لم يأتِ بعد.
entry-too-long = الملاحظة أطول من 500 حرف.
entry-stored = حُفظت: { $what }، { $when }.
entry-undo = تراجع
entry-seen = حسنًا
entry-taken-back = تم التراجع. لم تعد هذه القراءة في سجلك.
entry-too-late = فات أوان التراجع: هذه القراءة مختومة بالفعل وتبقى في سجلك.

## Deleting readings for ever
delete-open = حذف قراءات: { $what }…
delete-title = حذف قراءات: { $what }
delete-from = من
delete-to = حتى
delete-no-span = اكتب وقتين، الأسبق أولًا.
delete-look = عرض ما سيُحذف
delete-nothing = لا شيء يمكن حذفه بعد: هذا الوقت ما زال جاريًا أو لم يأتِ بعد. حاول مرة أخرى بعد نحو ساعة.
delete-sentence = { $n ->
    [one] تُحذف قراءة واحدة ({ $what }) إلى الأبد، من { $from } حتى { $to }.
    [two] تُحذف قراءتان ({ $what }) إلى الأبد، من { $from } حتى { $to }.
    [few] تُحذف { $count } قراءات ({ $what }) إلى الأبد، من { $from } حتى { $to }.
   *[other] تُحذف { $count } قراءة ({ $what }) إلى الأبد، من { $from } حتى { $to }.
}
delete-whole-parts = تُختم القراءات في أجزاء مدة كل منها نحو ساعة. يُحذف الجزء كاملًا حتى يزول بالتأكيد كل ما طلبته؛ والأوقات أعلاه دقيقة. وما يصل لاحقًا عن هذا الوقت لا يُحفظ.
delete-final = هذا نهائي. بعد استبدال النسخ الاحتياطية التي ما زالت تضم هذه القراءات لا يستطيع أحد استعادتها، لا بعبارة المرور ولا بمفتاح الاسترداد.
delete-backups = تحلّ نسخة احتياطية جديدة من دونها محل نسخك الأقدم تلقائيًا: قريبًا، أو بعد قليل من عودة القرص أو انتهاء عمل آخر إن كان القرص غائبًا أو كان عمل آخر جاريًا. وإلى ذلك الحين تذكر صفحة النسخ الاحتياطية ذلك. أما النسخ التي أخذتها بنفسك، أو الموجودة في مجلد استعملته من قبل، فتبقى كما هي، وما زال مفتاح الاسترداد يفتحها.
delete-laptops = تحتفظ حواسيبك الأخرى بهذه القراءات حتى تحذفها هناك أيضًا. افعل ذلك على كل واحد منها.
delete-opened = فتح شخص ما قراءات بإذن يشمل هذا الوقت. ما فُتح بالفعل لا يمكن استرجاعه.
delete-holder = لدى { $name } إذن يشمل هذا الوقت، ويستطيع فتح ما شاركته حتى { $end } أو حتى توقفه. أوقفه أولًا إن كنت لا تريد ذلك.
delete-changed = تغيّرت القراءات في هذه الأثناء. انظر مرة أخرى إلى ما سيُحذف.
delete-passphrase = عبارة المرور
delete-yes = { $n ->
    [one] حذف قراءة واحدة إلى الأبد
    [two] حذف قراءتين إلى الأبد
    [few] حذف { $count } قراءات إلى الأبد
   *[other] حذف { $count } قراءة إلى الأبد
}
delete-keep = الإبقاء عليها
delete-done = { $n ->
    [one] حُذفت قراءة واحدة إلى الأبد، من { $from } حتى { $to }.
    [two] حُذفت قراءتان إلى الأبد، من { $from } حتى { $to }.
    [few] حُذفت { $count } قراءات إلى الأبد، من { $from } حتى { $to }.
   *[other] حُذفت { $count } قراءة إلى الأبد، من { $from } حتى { $to }.
}
deleted-title = محذوف إلى الأبد
deleted-line = { $n ->
    [one] { $what }: قراءة واحدة، من { $from } حتى { $to }.
    [two] { $what }: قراءتان، من { $from } حتى { $to }.
    [few] { $what }: { $count } قراءات، من { $from } حتى { $to }.
   *[other] { $what }: { $count } قراءة، من { $from } حتى { $to }.
}
deleted-refused = { $n ->
    [one] وصلت بعد ذلك قراءة واحدة لهذا الوقت ولم تُحفظ.
    [two] وصلت بعد ذلك قراءتان لهذا الوقت ولم تُحفظا.
    [few] وصلت بعد ذلك { $count } قراءات لهذا الوقت ولم تُحفظ.
   *[other] وصلت بعد ذلك { $count } قراءة لهذا الوقت ولم تُحفظ.
}

## Whose is it
whose-wait = { $n ->
    [one] قراءة واحدة من { $names } تنتظر: لمن هي؟
    [two] قراءتان من { $names } تنتظران: لمن هما؟
    [few] { $count } قراءات من { $names } تنتظر: لمن هي؟
   *[other] { $count } قراءة من { $names } تنتظر: لمن هي؟
}
whose-look = { $n ->
    [one] الاطلاع عليها
   *[other] الاطلاع عليها
}
whose-title = لمن هذه القراءات؟
whose-hint = الجهاز الذي يستخدمه عدة أشخاص لا يعرف اسمك بل رقمًا فقط. حدّد مرة واحدة من هو، وتتبعه القراءات اللاحقة تلقائيًا.
whose-user = المستخدم { $n } على هذا الجهاز
whose-user-unknown = شخص لا يعرفه هذا الجهاز
whose-count = { $n ->
    [one] قراءة واحدة تنتظر ({ $what })، من { $when }.
    [two] قراءتان تنتظران ({ $what })، أولاهما من { $when }.
    [few] { $count } قراءات تنتظر ({ $what })، أولها من { $when }.
   *[other] { $count } قراءة تنتظر ({ $what })، أولها من { $when }.
}
whose-newest = الأحدث، { $when }
whose-mine = { $n ->
    [one] هي لي
   *[other] هي لي
}
whose-not-mine = ليست لي
whose-later = أقرّر لاحقًا
whose-taken = { $n ->
    [one] أصبحت قراءة واحدة في سجلك.
    [two] أصبحت قراءتان في سجلك.
    [few] أصبحت { $count } قراءات في سجلك.
   *[other] أصبحت { $count } قراءة في سجلك.
}
whose-left-out = { $user } ({ $name }): خارج سجلك من الآن فصاعدًا.
whose-leave-title = { $n ->
    [one] استبعاد هذه القراءة من { $name }؟
   *[other] استبعاد هذه القراءات من { $name }؟
}
whose-leave-sentence = { $n ->
    [one] { $user }: تُزال قراءة واحدة من هنا، ولا تُحفظ قراءاته اللاحقة.
    [two] { $user }: تُزال قراءتان من هنا، ولا تُحفظ قراءاته اللاحقة.
    [few] { $user }: تُزال { $count } قراءات من هنا، ولا تُحفظ قراءاته اللاحقة.
   *[other] { $user }: تُزال { $count } قراءة من هنا، ولا تُحفظ قراءاته اللاحقة.
}
whose-leave-yes = { $n ->
    [one] استبعادها
   *[other] استبعادها
}
whose-none = لم يعد شيء ينتظر.
whose-none-hint = عندما يرسل جهاز قراءات لمستخدم لم تحدده بعد، تنتظر هنا.

## Devices
devices-title = الأجهزة
devices-empty = لا يوجد جهاز بعد.
devices-none-found = لم يُعثر على أي جهاز.
devices-empty-hint = شغّل جهازك وأبقه على بعد مترين، ثم ابحث عنه. تعمل الأحزمة وأجهزة ضغط الدم ومقاييس الأكسجين والحرارة والموازين وأجهزة سكر الدم المزوّدة ببلوتوث.
devices-scan = البحث عن أجهزة
devices-scanning = جارٍ البحث عن الأجهزة القريبة…
devices-found = قريبة ولم تُضف
device-add = إضافة { $name }
device-remove = إزالة { $name }
device-remove-title = إزالة { $name }؟
device-remove-sentence = يتوقف سالوس عن الاستقبال من { $name } وينساه. وتبقى القراءات التي وصلت منه.
device-remove-yes = إزالة هذا الجهاز
device-keep = إبقاؤه
device-found = قريب
device-connecting = جارٍ الاتصال
device-connected = يرسل
device-waiting = غير متصل
adapter-silent = البلوتوث يعمل لكنه لا يسمع شيئًا. إن كانت أجهزتك مشغّلة وقريبة فافصل المحوّل ثم وصّله، أو أعد تشغيل الحاسوب.
adapter-restarted = لم يسمع البلوتوث شيئًا مدةً، فأعاد سالوس تشغيله، { $when }.
device-pairing = جارٍ الاقتران
device-pair-first = يحتاج إلى اقتران
device-pair-again = يحتاج إلى اقتران من جديد
device-pair-first-hint = لا يرسل هذا الجهاز إلا بعد اقترانه بهذا الحاسوب. أبقه في متناول يدك، فقد يعرض ستة أرقام.
device-pair-again-hint = لم يعد هذا الجهاز وهذا الحاسوب يعرف أحدهما الآخر. أعد الاقتران بينهما. وتبقى القراءات التي لديك.
device-pair = الاقتران بـ { $name }
pair-title = الاقتران بـ { $name }
pair-working = جارٍ التواصل مع { $name }… أبقه مشغّلًا وقريبًا.
pair-enter = أدخل الأرقام الستة التي يعرضها { $name }.
pair-enter-hint = ستة أرقام. إن لم يعرض شيئًا فابحث عنها على الجهاز أو في كتيّبه.
pair-send = اقتران
pair-compare = هل يعرض { $name } الأرقام الستة نفسها؟
pair-same = هي نفسها
pair-differ = هي مختلفة
pair-type = اكتب هذه الأرقام الستة على { $name }.
pair-typed = { $n ->
    [one] كُتب رقم واحد
    [two] كُتب رقمان
    [few] كُتبت { $n } أرقام
   *[other] كُتب { $n } رقمًا
}
pair-allow = يريد { $name } الاقتران وليست لديه أرقام للمقارنة. تابع فقط إن كان هو الجهاز الذي في يدك.
pair-yes = الاقتران به
pair-again = المحاولة مرة أخرى
pair-stop = عدم الاقتران
pair-close = إغلاق
device-measures = يقيس: { $what }
device-measures-unknown = يذكر ما يقيسه بعد الاتصال به.
device-last = { $n ->
    [one] آخر قراءة { $when }، وقراءة واحدة محفوظة
    [two] آخر قراءة { $when }، وقراءتان محفوظتان
    [few] آخر قراءة { $when }، و{ $count } قراءات محفوظة
   *[other] آخر قراءة { $when }، و{ $count } قراءة محفوظة
}
device-from-memory = { $n ->
    [one] قراءة واحدة محفوظة، من ذاكرته
    [two] قراءتان محفوظتان، من ذاكرته
    [few] { $count } قراءات محفوظة، من ذاكرته
   *[other] { $count } قراءة محفوظة، من ذاكرته
}
device-no-reading = لا قراءة بعد
device-waiting-hint = يتصل من تلقاء نفسه عندما يكون مشغّلًا وقريبًا من هذا الحاسوب.
device-memory-asked = تُطلب القراءات التي في ذاكرته…
device-memory-fetching = { $arrived ->
    [one] تُجلب القراءات التي في ذاكرته: واحدة حتى الآن.
    [two] تُجلب القراءات التي في ذاكرته: اثنتان حتى الآن.
   *[other] تُجلب القراءات التي في ذاكرته: { $count } حتى الآن.
}
device-memory-counted = تُجلب القراءات التي في ذاكرته: { $count } من { $all }.
device-memory-fetched = { $arrived ->
    [0] لم يكن في ذاكرته شيء جديد.
    [one] قُرئت ذاكرته إلى آخرها: قراءة واحدة.
    [two] قُرئت ذاكرته إلى آخرها: قراءتان.
    [few] قُرئت ذاكرته إلى آخرها: { $count } قراءات.
   *[other] قُرئت ذاكرته إلى آخرها: { $count } قراءة.
}
device-memory-unfinished = { $arrived ->
    [0] لم تُجلب القراءات التي في ذاكرته. يُسأل عنها ثانيةً عندما يتصل في المرة القادمة.
    [one] لم تُقرأ ذاكرته إلى آخرها: وصلت قراءة واحدة. يُسأل عنها ثانيةً عندما يتصل في المرة القادمة.
    [two] لم تُقرأ ذاكرته إلى آخرها: وصلت قراءتان. يُسأل عنها ثانيةً عندما يتصل في المرة القادمة.
    [few] لم تُقرأ ذاكرته إلى آخرها: وصلت { $count } قراءات. يُسأل عنها ثانيةً عندما يتصل في المرة القادمة.
   *[other] لم تُقرأ ذاكرته إلى آخرها: وصلت { $count } قراءة. يُسأل عنها ثانيةً عندما يتصل في المرة القادمة.
}
device-memory-stop = إيقاف الجلب
device-memory-stopping = يُطلب من الجهاز أن يتوقف…
device-memory-stopped = { $arrived ->
    [0] أوقفت جلب القراءات التي في ذاكرته. تبقى في الجهاز، وتصل القراءات الجديدة مع ذلك. لا يطلبها سالوس حتى تريدها أنت أو يُشغَّل من جديد.
    [one] أوقفت جلب القراءات التي في ذاكرته: وصلت قراءة واحدة. تبقى البقية في الجهاز، وتصل القراءات الجديدة مع ذلك. لا يطلبها سالوس حتى تريدها أنت أو يُشغَّل من جديد.
    [two] أوقفت جلب القراءات التي في ذاكرته: وصلت قراءتان. تبقى البقية في الجهاز، وتصل القراءات الجديدة مع ذلك. لا يطلبها سالوس حتى تريدها أنت أو يُشغَّل من جديد.
    [few] أوقفت جلب القراءات التي في ذاكرته: وصلت { $count } قراءات. تبقى البقية في الجهاز، وتصل القراءات الجديدة مع ذلك. لا يطلبها سالوس حتى تريدها أنت أو يُشغَّل من جديد.
   *[other] أوقفت جلب القراءات التي في ذاكرته: وصلت { $count } قراءة. تبقى البقية في الجهاز، وتصل القراءات الجديدة مع ذلك. لا يطلبها سالوس حتى تريدها أنت أو يُشغَّل من جديد.
}
device-memory-again = جلبها الآن
device-memory-refused = لا يعطي القراءات التي في ذاكرته. وتصل القراءات الجديدة مع ذلك.
device-battery = البطارية { $percent } %
device-battery-low = البطارية ضعيفة. استبدلها أو اشحنها قريبًا.
device-clock-behind = ساعة هذا الجهاز متأخرة { $length }. تُحفظ قراءاته بالوقت الصحيح.
device-clock-ahead = ساعة هذا الجهاز متقدمة { $length }. تُحفظ قراءاته بالوقت الصحيح.
device-clock-set = اضبط ساعة { $name } عند اتصاله
device-clock-refused = جرت محاولة ضبطها ولم يقبل الجهاز الوقت. اضبطها على الجهاز نفسه.
device-wheel-usual = تُحسب سرعته لأكثر العجلات شيوعًا: { $mm } مم للدورة الواحدة.
device-wheel = تُحسب سرعته لعجلتك: { $mm } مم للدورة الواحدة.
device-wheel-change = ضبط العجلة
device-wheel-title = كم تقطع العجلة في دورة واحدة؟
device-wheel-hint = ضع علامة على الإطار حيث يلمس الأرض، وادفع الدراجة دورة واحدة للعجلة، وقس المسافة بالمليمتر. وتجدها أيضًا في جدول كتيّب عدّاد الدراجة. السرعات المحفوظة من قبل تبقى كما هي.
device-wheel-label = دورة واحدة للعجلة، بالمليمتر
device-wheel-wrong = بين { $least } و{ $most } مم.
device-wheel-back = استخدام العجلة الشائعة
device-clock-own = لا يمكن ضبطها من هنا. اضبطها على الجهاز نفسه.
ecg-start = تسجيل تخطيط كهربائي للقلب، { $n } ثانية
ecg-starting = يجري إبلاغ الجهاز…
ecg-running = يجري التسجيل حتى { $when }. اجلس ساكنًا وتنفس بهدوء.
ecg-stop = أوقف التسجيل
ecg-done = سُجّل وحُفظ.
ecg-look = انظر إليه
ecg-charging = الجهاز على الشاحن. البسه ثم سجّل من جديد.
ecg-refused = لا يسجّل الجهاز الآن. بلّل أقطابه والبسه ثم سجّل من جديد.
ecg-no-answer = لم يُجب الجهاز. البسه ثم سجّل من جديد.
ecg-cut = انتهى التسجيل قبل أوانه. حُفظ ما قيس حتى ذلك الحين. أبقِ الجهاز عليك وقريبًا ثم سجّل من جديد.
device-person-unsaid = يفرّق هذا الجهاز بين عدة أشخاص. يرسل قراءاتك حين يعرف من أنت.
device-person-new = أضفني إلى { $name }
device-person-known = لديّ رقم عليه
device-person-asking = يجري سؤال { $name }. إن لم يكن متصلًا فشغّله أو قف عليه.
device-person-is = رقمك على هذا الجهاز { $user }، ورمزك عليه { $code }.
device-person-change = تغيير رقمي على { $name }
device-person-not-added = لم يُضفك { $name }. لا مكان فيه، أو لا يُضاف الأشخاص إلا من الجهاز نفسه. أضف نفسك هناك ثم أدخل رقمك ورمزك هنا.
device-person-not-known = لا يعرف { $name } هذا الرقم مع هذا الرمز. تحقق من كليهما على الجهاز.
device-person-no-answer = لم يُجب { $name }. قبل أن تعيد المحاولة انظر على الجهاز هل أضافك.
device-person-title = رقمك على { $name }
device-person-hint = يعرض الجهاز رقمك ورمزك حين تنشئ مستخدمًا عليه. يبيّن كتيّبه مكانهما.
device-person-number = الرقم
device-person-too-great = الرقم 254 على الأكثر.
device-person-code = الرمز
device-person-code-hint = أربعة أرقام على الأكثر
device-person-save = حفظ
device-person-nobody = انسَ رقمي
device-person-close = إلغاء
device-overheard = يعلن هذا الجهاز قراءاته لكل من هو قريب منه. لا يحتاج إلى اتصال.
device-link-open = الاتصال بهذا الجهاز غير مشفّر، وقد يتنصّت عليه شخص قريب.
device-claimed-twice = يقول جهاز آخر من أجهزتك، في الوقت نفسه، إنه هذا الجهاز. يُعزل ما يرسله هذا الجهاز إلى أن تقول إنه لك.
device-services-changed = لم يعد ما يقدّمه هذا الجهاز كما كان حين أضفته. قد يكون السبب تحديثًا للجهاز. يُعزل ما يرسله إلى أن تقول إنه لك.
device-accept = { $name } لي
device-quarantined = { $n ->
    [one] عُزلت رسالة واحدة.
    [two] عُزلت رسالتان.
    [few] عُزلت { $n } رسائل.
   *[other] عُزلت { $n } رسالة.
}
device-copies = { $n ->
    [one] وصلت قراءة واحدة مرة أخرى، وهي محفوظة مرة واحدة.
    [two] وصلت قراءتان مرة أخرى، وكل منهما محفوظة مرة واحدة.
    [few] وصلت { $count } قراءات مرة أخرى، وكل منها محفوظة مرة واحدة.
   *[other] وصلت { $count } قراءة مرة أخرى، وكل منها محفوظة مرة واحدة.
}
aside-malformed = تالفة: { $count }.
aside-impossible = بقيمة لا تكون لجسم حي: { $count }.
aside-too-frequent = كثيرة دفعةً واحدة: { $count }.
aside-no-value = بلا قيمة: { $count }.
aside-above-range = أعلى مما يستطيع الجهاز قياسه: { $count }.
aside-below-range = أدنى مما يستطيع الجهاز قياسه: { $count }.
aside-unresolved = لا يستطيع الجهاز نفسه تحديدها بالدقة اللازمة: { $count }.
aside-reserved = برمز لا معنى له بعد: { $count }.
aside-not-the-patient = عرض توضيحي أو اختبار أو محلول ضبط: { $count }.
aside-unsupported = من نوع لا يعرفه سالوس: { $count }.
aside-doubted = حين لم يكن مؤكدًا أن الجهاز لك: { $count }.
aside-no-room = لأشخاص لم تسمّهم، حين كثرت القراءات المنتظرة: { $count }.
aside-earlier = عُدّت قبل أن تُحفظ الأسباب: { $count }.

## Share
share-code-title = مشاركة القراءات مع طبيب
share-code-hint = اطلب من طبيبك رمز سالوس. يمكنه إرساله نصًا أو ملفًا.
share-code-label = رمز الطبيب
share-code-file = أو اختر الملف الذي استلمته
share-code-check = التحقق من صاحب الرمز
check-code = هذا رمز من { $name }. وفيما يلي ما يمكنك فعله به.
check-request = هذا طلب باسم { $name }. وفيما يلي ما يمكنك فعله به.
check-clinician = يمكن الآن اختيار { $name } أعلاه.
check-clinician-known = أنت تعرف هذا الطبيب من قبل: هو مذكور أعلاه.
check-second = هذا سؤال من { $name }.
check-laptop = قُرئ الرمز. الحاسوبان يتعارفان الآن.
check-laptop-new = رمزك جاهز للحاسوب الآخر.
groups-title = أو مع المناوبين
groups-hint = لدى بعض المؤسسات مناوبون لا يمكنك معرفتهم مسبقًا. من يفتح قراءاتك منهم يفتحها باسمه، وتُبلَّغ بمن كان.
groups-choose = المشاركة مع { $role }، { $organisation }
choose-title = المشاركة مع { $name }
choose-proven = تم التحقق من التأكيد الآن.
choose-on-duty = هذا ليس لشخص بعينه: يستطيع من هو مناوب هناك أن يفتحه، وفي وقت مناوبته فقط. المؤسسة هي التي تقرر من يناوب لديها، وتُبلَّغ أنت بمن فتح. ويظهر اسمك وما تشاركه للمناوبين قبل أن يفتحوا أي شيء.
choose-what = ماذا يمكن أن يرى { $name }؟
choose-more = المزيد
choose-more-hint = لا توجد قراءات منها في سجلك بعد. وما تختاره يشمل ما سيأتي منها.
choose-readings = أي القراءات؟
readings-week-and-new = آخر 7 أيام، والجديدة حتى انتهاء الإذن
readings-today-and-new = من اليوم فصاعدًا، حتى انتهاء الإذن
readings-dates = بين تاريخين فقط
readings-from = أول يوم
readings-to = آخر يوم
choose-until = كم من الوقت يمكن أن يفتحها { $name }؟
until-days = { $n ->
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [14] أسبوعان
   *[other] { $n } يومًا
}
until-date = حتى تاريخ محدد
until-end-date = آخر يوم
until-end-time = الساعة
window-no-date = اكتب كل تاريخ هكذا: السنة-الشهر-اليوم، مثل 2026-12-14، والساعة هكذا: 18:00.
window-backwards = اليوم الأخير قبل اليوم الأول.
window-end-passed = هذا الوقت قد مضى. اختر وقتًا لاحقًا.
window-too-long = أطول مدة للإذن سنة واحدة. يمكنك منح إذن جديد بعدها.
choose-nothing = عدم إعطاء أي شيء
share-nothing = لم تعطِ شيئًا
share-nothing-hint = لم يُرسل شيء. لا يُبلَّغ { $name } ولا أحد غيره.
choose-detail = بأي قدر من التفصيل يمكن أن يراها { $name }؟
detail-readings = كل قراءة
detail-days = ملخصات يومية فقط، بلا قراءات
detail-days-hint = لكل يوم بالتوقيت العالمي (UTC): عدد القيم وأدناها وأعلاها ومتوسطها وكم تغطي من اليوم. إن كان في اليوم قيمة واحدة فالملخص هو تلك القيمة. لا يمكن رؤية اليوم إلا بعد انتهائه، خلال نحو 18 ساعة على الأكثر.
choose-when = متى يمكن أن يفتحها { $name }؟
limit-whenever = متى شاء، حتى انتهاء الإذن
limit-hours = في ساعات معيّنة فقط
limit-hours-from = من
limit-hours-to = إلى
limit-hours-hint = كل يوم، بحسب الساعة هنا كما هي اليوم ({ $zone }). التوقيت الصيفي لا يغيّر هذه الساعات.
limit-appointment = حول موعد
limit-appointment-date = اليوم
limit-appointment-time = الساعة
limit-appointment-hint = من ساعتين قبله إلى ساعتين بعده.
limit-second = مع طبيب ثانٍ فقط
limit-second-hint = يجب أن يوافق طبيب آخر أكّده أحد الأعضاء كلما فتحه { $name }. ويرفض الأعضاء أن يكون الاثنان شخصًا واحدًا، بقدر ما يعرفون من هو. ترى ذلك في «من فتح ماذا».
limit-no-time = اكتب كل ساعة هكذا: 18:00.
limit-same-time = تبدأ هذه الساعات وتنتهي في الوقت نفسه. لليوم كله اختر «متى شاء».
limit-no-date = اكتب اليوم هكذا: السنة-الشهر-اليوم، مثل 2026-12-14، والساعة هكذا: 10:00.
limit-outside = الموعد خارج مدة الإذن. اختر يومًا آخر أو نهاية لاحقة.
choose-preview = معاينة ما سيراه { $name }
preview-title = ما سيراه { $name }
preview-hint = هذا كل ما يشمله الإذن الآن. لا يرى { $name } به شيئًا آخر من سجلك.
preview-count = { $n ->
    [one] { $what }: قراءة واحدة
    [two] { $what }: قراءتان
    [few] { $what }: { $count } قراءات
   *[other] { $what }: { $count } قراءة
}
preview-days = { $n ->
    [one] { $what }: يوم واحد
    [two] { $what }: يومان
    [few] { $what }: { $count } أيام
   *[other] { $what }: { $count } يومًا
}
preview-open = عرضها كما سيراها { $name }
confirm-title = أنت على وشك توقيع ما يلي
confirm-passphrase = عبارة المرور، للتوقيع
confirm-issue = منح { $name } هذا الإذن
confirm-working = جارٍ منح الإذن. الأعضاء يؤكدونه.
share-done = مُنح الإذن إلى { $name }
share-done-hint = يمكنك إيقافه متى شئت من «من يرى ماذا».

## What a clinician asks for
purpose-treatment = العلاج
purpose-treatment-inline = للعلاج
purpose-follow-up = متابعة بعد زيارة
purpose-follow-up-inline = للمتابعة بعد زيارة
purpose-medication = مراجعة الأدوية
purpose-medication-inline = لمراجعة الأدوية
purpose-second-opinion = رأي طبي ثانٍ
purpose-second-opinion-inline = لرأي طبي ثانٍ
asked-sentence = يطلب { $name }: { $what } { $days }، لمدة { $length }، { $purpose }.
asked-back = { $n ->
    [one] لهذا اليوم
    [two] لآخر يومين
    [few] لآخر { $n } أيام
   *[other] لآخر { $n } يومًا
}
asked-ahead = { $n ->
    [one] لليوم القادم
    [two] لليومين القادمين
    [few] للأيام الـ{ $n } القادمة
   *[other] لـ{ $n } يومًا قادمًا
}
asked-both = { $back } و{ $ahead }
asked-words = كتب { $name }:
asked-filled = هذا معبّأ أدناه. يمكنك أن تعطي أقل منه، أو ألا تعطي شيئًا.
asked-purpose = الغرض المذكور: { $purpose }
readings-asked = كما طُلب: { $days }
wider-what = أكثر مما طُلب: أنواع أخرى من القراءات.
wider-readings = أكثر مما طُلب: قراءات من أوقات أخرى.
wider-until = أكثر مما طُلب: إذن لمدة أطول.

## Permissions
permissions-title = { $n ->
    [0] لا أحد لديه إذن منك
    [one] إذن واحد مفتوح
    [two] إذنان مفتوحان
    [few] { $n } أذونات مفتوحة
   *[other] { $n } إذنًا مفتوحًا
}
permissions-empty = ليس لديك إذن مفتوح.
permissions-empty-hint = من تشارك معه قراءاتك يظهر هنا، ويمكنك إيقاف ذلك هنا.
permissions-over = أذونات انتهت أو أُوقفت
permission-stop = إيقاف هذا الإذن
permission-now = يستطيع { $name } رؤية قراءات { $what } التي قيست { $span }، حتى { $until }، ولا شيء آخر بهذا الإذن.
permission-later = من { $from } حتى { $until } سيستطيع { $name } رؤية قراءات { $what } التي قيست { $span }، ولا شيء آخر بهذا الإذن.
permission-over = كان { $name } يستطيع رؤية قراءات { $what } التي قيست { $span }. لا يمكن فتح شيء جديد بهذا الإذن بعد الآن.
permission-over-stopped = كان { $name } يستطيع رؤية قراءات { $what } التي قيست { $span }. أُوقف هذا الإذن: خلال ساعة تقريبًا من إيقافه لا يستطيع أحد فتح قراءات جديدة به.
permission-keys-due = لسجلك مفاتيح جديدة. يعيد سالوس إعطاء هذا الإذن تحتها بالشروط نفسها حالما يصل إلى الأعضاء. وحتى ذلك الحين لا يُظهر شيئًا مما يُقاس من الآن.
permission-keys-left = لسجلك مفاتيح جديدة، وهذا الإذن لا يُظهر شيئًا مما قيس منذ ذلك الحين. لا يعيد سالوس إعطاءه من تلقاء نفسه. أعطِ إذنًا جديدًا إن أردت مواصلة المشاركة.
permission-keys-again = أُعطي من جديد تحت مفاتيح جديدة وبالشروط نفسها. والإذن الذي حلّ محله مذكور على حدة.
permission-keys-in-place = أعاد سالوس إعطاءه تحت مفاتيح جديدة وبالشروط السابقة نفسها.
permission-openings = { $n ->
    [0] لم يُفتح بعد
    [one] فُتح مرة واحدة
    [two] فُتح مرتين
    [few] فُتح { $n } مرات
   *[other] فُتح { $n } مرة
}
permission-holding = { $n } من { $total } أعضاء يحتفظون بنصيبهم
permission-erased = { $n } من { $total } أعضاء أكّدوا الحذف
permission-holding-alone = { $n ->
    [0] لم يحتفظ العضو بنصيبه بعد
   *[other] يحتفظ العضو بنصيبه
}
permission-erased-alone = { $n ->
    [0] لم يؤكّد العضو الحذف بعد
   *[other] أكّد العضو الحذف
}
clinician-attested = بتأكيد { $member }
on-duty-standing = من هو مناوب هناك، بتأكيد { $member }
unconfirmed-withdrawn = سحب { $member } تأكيده لـ { $name }.
unconfirmed-suspended = لا يؤكد { $member } حاليًا { $name }.
unconfirmed-ran-out = انتهت مدة تأكيد { $member } لـ { $name }.
unconfirmed-goes-on = يستمر الإذن حتى ينتهي أو توقفه أنت.
unconfirmed-stop = أوقف هذا الإذن إن كنت لا تعرف السبب.
unconfirmed-open = عرض الإذن
terms-what = القراءات
terms-readings-of = قيست
terms-from = يمكن فتحها من
terms-until = ينتهي
terms-ended = انتهى
terms-was-until = كان سينتهي
condition-whenever = متى شاء، حتى ينتهي.
condition-hours = بين { $from } و{ $to } من كل يوم فقط، بحسب ساعة { $zone }. التوقيت الصيفي لا يغيّر ذلك.
condition-appointment = حول الموعد فقط، { $when }: من ساعتين قبله إلى ساعتين بعده.
condition-two = مع طبيب ثانٍ مؤكَّد فقط، يوافق على كل فتح.
condition-daily = ملخصات يومية فقط بلا قراءات: لكل يوم انتهى عدد القيم وأدناها وأعلاها ومتوسطها وكم تغطي من اليوم.
condition-daily-and = ملخصات يومية فقط لأيام انتهت، بلا قراءات. { $more }
condition-on-duty = لمن هو مناوب لدى المؤسسة في تلك اللحظة فقط. وتُبلَّغ بمن كان.
condition-emergency = في حالة طوارئ فقط ومع ذكر السبب: فورًا إذا وافق طبيب ثانٍ، أو بعد نصف ساعة من الإعلان عنها؛ ولمدة أربع ساعات من أول فتح.
condition-other = بحسب القاعدة أدناه فقط. ليس لدى Salus جملة تصفها.
policy-open = القاعدة بنصها
policy-hint = يحكم الأعضاء على كل فتح بهذا النص.
state-pending = قيد التأكيد
state-not-yet = لم يبدأ
state-active = مفتوح
state-ended = انتهى
state-stopped = أُوقف
stop-title = إيقاف إذن { $name }؟
stop-sentence = لن يستطيع { $name } فتح قراءات جديدة من سجلك ({ $what }).
stop-yes = إيقاف إذن { $name }
stop-no = إبقاؤه مفتوحًا
stop-working = جارٍ الإيقاف. الأعضاء يؤكدونه.
proof-summary = { $n ->
    [one] مُثبت: وقّعه عضو واحد
    [two] مُثبت: وقّعه عضوان
    [few] مُثبت: وقّعه { $n } أعضاء
   *[other] مُثبت: وقّعه { $n } عضوًا
}
proof-by = وقّعه
proof-at = سُجّل
proof-number = رقم القيد
proof-fingerprint = البصمة

## Activity
activity-title = من فتح ماذا
activity-complete = هذه القائمة كاملة ومُثبتة حتى { $when }.
activity-incomplete = تعذّر إثبات اكتمال هذه القائمة الآن. قد تنقصها عمليات فتح إلى أن يمكن الوصول إلى الأعضاء.
activity-elsewhere = ما تأذن به على حاسوب آخر يظهر هنا متى أخبر ذلك الحاسوب به. وما يأذن به من يساعدونك مذكور على حاسوبك الأول.
activity-empty = لم يحدث شيء بعد.
activity-empty-hint = عندما تمنح إذنًا، وكلما فتح أحد قراءاتك، يظهر ذلك هنا.
activity-given = منحتَ { $name } إذنًا.
activity-given-laptop = منحتَ { $name } إذنًا على حاسوب آخر لك.
activity-given-salus = أعاد سالوس إعطاء إذن { $name } تحت مفاتيح جديدة وبالشروط نفسها.
activity-given-helper = منح { $helper }، وهو ممن يساعدونك، { $name } إذنًا.
activity-given-somebody = منح أحد من يساعدونك { $name } إذنًا.
activity-opened = فتح { $name } قراءاتك.
activity-second = وافق طبيب ثانٍ بتأكيد { $member }.
activity-by-another = فتح هذا طبيب غير { $name }. تحدّث مع { $name }.
activity-on-duty = أثناء المناوبة لدى { $group }.
activity-on-duty-unknown = شخص مناوب لدى { $group }. لم تُبلغ المؤسسة بعد بمن كان؛ وسيسأل Salus مجددًا.
activity-stopped = أوقفتَ إذن { $name }.
activity-stopped-salus = أوقف سالوس إذن { $name } السابق: حلّ محله الإذن الذي أعاد إعطاءه.
activity-stopped-other = أُوقف إذن { $name }.
activity-ended = انتهى إذن { $name }.
activity-erased = أكّد الحذفَ كل عضو سُجّل أنه كان يحتفظ بجزء من إذن { $name }.

## Emergency card
nav-emergency = طوارئ
card-name = بطاقة الطوارئ
card-title = بطاقة الطوارئ
card-yours = بطاقتك
card-open = فتح بطاقة الطوارئ
card-why = بطاقة مطبوعة تفتح قليلًا من قراءاتك في حالة الطوارئ حين لا يمكن سؤالك. فيها رمز، وليس فيها شيء عن صحتك.
card-how = على من يستخدمها أن يذكر السبب. إذا اتفق طبيبان فُتحت في الحال. أما الطبيب وحده فعليه أن يعلن ذلك أولًا وينتظر نصف ساعة؛ يظهر الإعلان هنا ما دام سالوس مفتوحًا، ويمكنك إيقاف البطاقة. تفتح أربع ساعات، مرة واحدة.
card-found = من يجد البطاقة يستطيع أيضًا أن يعلن بها حالة طوارئ. إن فقدتها فأوقفها من هنا.
card-none = ليست لديك بطاقة طوارئ.
card-first = تُنشأ بطاقات الطوارئ على حاسوبك الأول.
card-first-why = فهو الذي يخبر بها من يساعدونك، فيعلمون إن استعمل أحدٌ إحداها.
card-what = ما تفتحه، من الأيام الثلاثين السابقة لحالة الطوارئ
card-most = { $n } منها على الأكثر: فهي لما يفيد أولًا.
card-call = من يُتصل به، مطبوعًا على البطاقة
card-call-hint = اسم ورقم. سالوس نفسه لا يخبر أحدًا سواك؛ ويُطلب ممن يستخدم البطاقة أن يتصل.
card-make = إنشاء بطاقة طوارئ
card-replace = إنشاء بطاقة جديدة
card-replace-hint = تُوقَف البطاقة التي لديك الآن متى عملت الجديدة. تخلّص من الورقة القديمة.
card-working = يجري إنشاء البطاقة. الأعضاء يؤكدونها.
card-until = تعمل حتى
card-called = تطلب الاتصال بـ
card-nobody = لا أحد
card-show = إظهار البطاقة لطباعتها
card-print = طباعة
card-hide = إخفاء البطاقة
card-lost = إيقاف البطاقة
card-stop-title = هل توقف بطاقة الطوارئ؟
card-stop-sentence = لا يمكن لأحد بعد ذلك استخدام الورقة لشيء جديد. يمكنك إنشاء بطاقة جديدة متى شئت.
card-stop-yes = إيقاف البطاقة
card-before-loss = هذه البطاقة من قبل فقدان حاسوبك. يستطيع من لديه ذلك الحاسوب أن يضع خلفها قراءات كاذبة، ولا تُظهر شيئًا مما قيس منذ ذلك الحين. أنشئ بطاقة جديدة وتخلّص من الورقة القديمة.
card-used = أُعلنت حالة طوارئ بهذه البطاقة أو فُتح بها. أنشئ بطاقة جديدة: هذه لا تنبّه مرة ثانية طوال يوم بعد الإعلان.
print-heading = في حالة الطوارئ
print-scan = للأطباء: اختر «طوارئ» في سالوس، وخذ هذا الرمز من صورة له، أو اكتب النص الذي تحته.
print-why = اذكر السبب. مع طبيب ثانٍ تُفتح في الحال؛ ووحدك بعد نصف ساعة من إعلانها.
print-end = تفتح أربع ساعات. يُسجَّل كل فتح، ويراه { $name }.
print-call = يُرجى الاتصال بـ: { $who }
print-until = تعمل حتى { $date }
print-picture = رمز هذه البطاقة
uses-title = ما حدث بها
uses-none = لم يستخدم أحد بطاقة طوارئ لك.
uses-incomplete = تعذّر الآن إثبات أن هذه القائمة كاملة. قد ينقصها شيء إلى أن يمكن الوصول إلى الأعضاء.
use-announced = أعلن أحدهم حالة طوارئ ببطاقتك: { $reason }.
use-opened = فُتحت قراءاتك في حالة طوارئ: { $reason }.
use-by = يؤكد { $member } الطبيب الذي قام بذلك ويتحمل مسؤوليته، ويعرفه بهذا الرقم:
use-by-nobody = لا يتحمل المسؤولية عن ذلك طبيب يؤكده أحد الأعضاء.
use-right = كان ذلك صوابًا
use-object = أعترض
use-second-by = وافق على ذلك طبيب ثانٍ يؤكده { $member }.
use-say-hint = ما تقوله يُسجَّل لدى الأعضاء مرة واحدة ولا رجعة فيه. والمؤسسة التي تؤكد الطبيب ترى الاعتراض.
use-say-elsewhere = كان هذا ببطاقة حاسوبك الأول. وما تقوله فيه تقوله هناك.
use-stop = أعترض وأوقف البطاقة
use-said-right = قلتَ إن ذلك كان صوابًا.
use-said-object = لقد اعترضت.
use-said-stop = لقد اعترضت وأوقفت البطاقة. خلال ساعة تقريبًا لا يستطيع أحد فتح قراءات جديدة بها.
use-said-where = ترى المؤسسة التي تؤكد الطبيب اعتراضك، وتعرف الطبيب بالرقم أعلاه. وهي لا تعرف من أنت: ليُنظر في الأمر، أظهر لها هذا القيد.
use-helper-you = أنت
use-helper-right = { $when }، { $name }: كان ذلك صوابًا.
use-helper-object = { $when }، { $name }: أعترض.
use-helper-stop = { $when }، { $name }: أعترض، وأُوقفت البطاقة.
note-announced = { $when }: أعلن أحدهم حالة طوارئ ببطاقتك. إن لم تكن هناك حالة طوارئ فأوقف البطاقة الآن.
note-opened = { $when }: فُتحت قراءاتك في حالة طوارئ. انظر في الأمر، وأنشئ بطاقة جديدة.
note-open = الذهاب إلى بطاقة الطوارئ
reason-unconscious = الشخص فاقد الوعي
reason-cannot-answer = الشخص لا يستطيع الإجابة
reason-danger = حياة الشخص في خطر
reason-cannot-decide = الشخص مشوّش ولا يستطيع أن يقرر
reason-other = حالة طوارئ أخرى

## Opening in an emergency
emergency-title = طوارئ
emergency-why = إذا كان مع مريض لا يمكن سؤاله بطاقة طوارئ من سالوس، فإنها تفتح قليلًا من قراءاته.
emergency-card = نص البطاقة: اكتبه، أو خذه من صورة للبطاقة
emergency-file = أو اختر ملفًا فيه النص
emergency-read = قراءة البطاقة
emergency-back = استخدام بطاقة أخرى
emergency-opens = تفتح البطاقة { $what } من آخر 30 يومًا.
emergency-recorded = يُسجَّل الإعلان والفتح مع السبب، وتُسجَّل أنت مسؤولًا عنهما. ويرى المريض ذلك ويستطيع الاعتراض.
emergency-reason = لماذا تُفتح؟
emergency-two = مع طبيب ثانٍ، في الحال
emergency-two-hint = يختار زميلك «طوارئ» في سالوس لديه، ويُدخل هذا النص، ويعطيك جوابًا. ويجب أن يكون شخصًا آخر: الأعضاء يتحققون من ذلك.
emergency-ask = سؤال زميل
emergency-ask-label = لزميلك
emergency-word = جواب زميلك
emergency-open = فتح القراءات
emergency-alone = وحدك، بعد نصف ساعة من إعلانها
emergency-alone-hint = يستطيع المريض ومن يرعى سجله أن يجيبوا خلال نصف ساعة بإيقاف البطاقة. وما أعلنه زميل لا يُحسب لك.
emergency-announce = إعلان حالة الطوارئ
emergency-announced = أعلنتَها { $when }. يمكنك الفتح ابتداءً من { $from }، ما لم تُوقَف البطاقة قبل ذلك.
emergency-until = فُتحت أول مرة { $when }. يمكن الفتح بها حتى { $until }.
emergency-agree = الموافقة لزميل
emergency-agree-hint = يستطيع زميل معه بطاقة مريض أن يطلب موافقتك على أن تُفتح في الحال. لا توافق إلا إذا عرفت من يطلب ولماذا.
emergency-agree-label = نص زميلك
emergency-agree-yes = موافقة
emergency-answer-label = جوابك، لتعيده إليه

## Members
members-title = الأعضاء
members-short = من هم الأعضاء، وكم منهم يجب أن يعملوا معًا، وكم مضى على آخر تأكيد منهم.
members-open = عرض الأعضاء
members-sentence = { $total ->
    [one] تحفظ أذوناتِك مؤسسة واحدة. ويمكنها وحدها فتح ما شاركته.
   *[other] تحفظ أذوناتِك { $total } مؤسسات معًا. وفتح ما شاركته يتطلب أن تعمل { $threshold } منها معًا على الأقل.
}
members-sentence-clinician = { $total ->
    [one] تحفظ أذوناتِ المرضى مؤسسة واحدة. ويمكنها وحدها فتح ما شاركوه.
   *[other] تحفظ أذوناتِ المرضى { $total } مؤسسات معًا. وفتح ما شاركوه يتطلب أن تعمل { $threshold } منها معًا على الأقل.
}
members-anchored = لدى الأعضاء ختم لحالة سجلك، آخره { $at }. لا يستطيع أحد أن يقرأ منه شيئًا، وهو يكشف لك إن وُضعت نسخة أقدم مكان السجل.
members-computer = هذا الحاسوب
members-enrolled = هذا الحاسوب مسجّل لدى الأعضاء منذ { $date }: يرى الأطباء أن قراءاتك جاءت منه.
members-withdrawn = سُحب تسجيل هذا الحاسوب في { $date }. يرى الأطباء ذلك بجانب القراءات اللاحقة.
withdraw = سحب تسجيل هذا الحاسوب
withdraw-title = سحب تسجيل هذا الحاسوب؟
withdraw-from-now = من الآن لن يرى الأطباء أن القراءات الجديدة جاءت من حاسوب مسجّل، بل يرون تنبيهًا بجانبها.
withdraw-stays = تبقى قراءاتك وأذوناتك كما هي. ويظل الأطباء يرون من متى إلى متى كان هذا الحاسوب مسجّلًا.
withdraw-for-good = لا يمكن التراجع عن ذلك: لن يمكن تسجيل الحاسوب من جديد لهذا السجل. وهو مناسب قبل أن تعطي الحاسوب لغيرك، أو إن ظننت أن أحدًا استخدمه.
withdraw-yes = سحب التسجيل
withdraw-no = إبقاؤه
withdraw-working = جارٍ سحب التسجيل. الأعضاء يؤكدونه.
members-first = يُطلب من الأعضاء أحدث تأكيد. لا يُشارَك شيء ولا يُفتح حتى يثبت صدقه، وكل ما عدا ذلك يعمل.
members-out-of-date = المعلومات قديمة: لا يمكن فتح شيء جديد إلى أن يمكن الوصول إلى الأعضاء. تحقق من اتصال هذا الحاسوب.
members-fresh = { $n ->
    [one] آخر تأكيد قبل ثانية واحدة.
    [two] آخر تأكيد قبل ثانيتين.
    [few] آخر تأكيد قبل { $n } ثوانٍ.
   *[other] آخر تأكيد قبل { $n } ثانية.
}
member-reachable = يجيب
member-silent = لا يجيب

## Settings
settings-title = الإعدادات
settings-language = اللغة
settings-text = حجم النص
settings-text-percent = { $percent } %
settings-theme = الألوان
theme-system = كما ضُبط هذا الحاسوب
theme-light = فاتح
theme-dark = داكن
theme-contrast = تباين عالٍ
settings-keyboard = لوحة المفاتيح
settings-shortcut = الحرف N يفتح «إضافة قراءة»، وعلامة الاستفهام تعرض المفاتيح
settings-about = ما يَعِد به سالوس
verify-title = هل سجلك سليم؟
verify-what = يستطيع سالوس أن يفحص كل ما في سجلك ويخبرك هل هو كما كُتب. ويمكنك أن تواصل استخدامه في الأثناء.
verify-start = التحقق من سجلي
verify-working = جارٍ التحقق من سجلك
verify-cancel = إلغاء
verify-cancelled = ألغيتَ التحقق. لم يتغيّر شيء.
verify-failed = تعذّرت قراءة السجل حتى آخره. أعد المحاولة، فإن تكرر ذلك فافحص سلامة القرص.
verify-whole = كل شيء كما كُتب: { $readings } قراءة، جرى التحقق { $at }.
verify-damaged = { $n ->
    [one] جزء واحد من سجلك تالف، حتى { $at }.
    [two] جزآن من سجلك تالفان، حتى { $at }.
    [few] { $n } أجزاء من سجلك تالفة، حتى { $at }.
   *[other] { $n } جزءًا من سجلك تالف، حتى { $at }.
}
verify-readings-whole = كل القراءات كما كُتبت: { $readings } قراءة، جرى التحقق { $at }.
verify-overviews = { $n ->
    [one] ملخص واحد مما يحتفظ به سالوس لها لم يكن صحيحًا. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
    [two] ملخصان مما يحتفظ به سالوس لها لم يكونا صحيحين. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
    [few] { $n } ملخصات مما يحتفظ به سالوس لها لم تكن صحيحة. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
   *[other] { $n } ملخصًا مما يحتفظ به سالوس لها لم يكن صحيحًا. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
}
verify-copies = { $n ->
    [one] قائمة واحدة مما يحتفظ به سالوس لها لم تكن صحيحة. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
    [two] اثنان مما يحتفظ به سالوس لها من قوائم وملخصات لم يكونا صحيحين. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
    [few] { $n } مما يحتفظ به سالوس لها من قوائم وملخصات لم تكن صحيحة. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
   *[other] { $n } مما يحتفظ به سالوس لها من قوائم وملخصات لم تكن صحيحة. لم تُفقد أي قراءة ولم تتغيّر أي قراءة.
}
verify-waiting = { $n ->
    [one] وصلت قراءة أخرى بينما كان سجلك مقفلًا، وهي كما كُتبت وتنتظر أن تُضاف إليه.
    [two] وصلت قراءتان أخريان بينما كان سجلك مقفلًا، وهما كما كُتبتا وتنتظران أن تُضافا إليه.
    [few] وصلت { $n } قراءات أخرى بينما كان سجلك مقفلًا، وهي كما كُتبت وتنتظر أن تُضاف إليه.
   *[other] وصلت { $n } قراءة أخرى بينما كان سجلك مقفلًا، وهي كما كُتبت وتنتظر أن تُضاف إليه.
}
verify-rest = { $readings } قراءة كما كُتبت ويمكن استخدامها. لم تتغيّر أي قراءة. إن كانت لديك نسخة احتياطية فقد تكون الأجزاء التالفة سليمة فيها.
series-damaged = { $n ->
    [one] نحو ساعة واحدة من هذه المدة تالفة. يُعرض ما يمكن قراءته منها، والباقي كما كُتب.
    [two] نحو ساعتين من هذه المدة تالفتان. يُعرض ما يمكن قراءته منهما، والباقي كما كُتب.
    [few] نحو { $n } ساعات من هذه المدة تالفة. يُعرض ما يمكن قراءته منها، والباقي كما كُتب.
   *[other] نحو { $n } ساعة من هذه المدة تالفة. يُعرض ما يمكن قراءته منها، والباقي كما كُتب.
}
verify-more = { $n ->
    [one] وجزء آخر.
    [two] وجزآن آخران.
    [few] و{ $n } أجزاء أخرى.
   *[other] و{ $n } جزءًا آخر.
}
damage-keys = الملف الذي يفتح سجلك: قد لا يُفتح السجل مجددًا بعد إغلاقه.
damage-history = قائمة السجل نفسه بما خُزّن فيه.
damage-value = إعداد أو ملاحظة أو جهاز أو إذن.
damage-readings = { $what }، { $when }: تعذّرت قراءة بعض القراءات.
damage-other = { $what }، { $when }: قراءات مفقودة، أو أقدم مما تقوله القائمة.
damage-waiting = { $n ->
    [one] ما وصل مرة واحدة بينما كان سجلك مقفلًا تعذّرت قراءته.
    [two] ما وصل مرتين بينما كان سجلك مقفلًا تعذّرت قراءته.
    [few] ما وصل { $n } مرات بينما كان سجلك مقفلًا تعذّرت قراءته.
   *[other] ما وصل { $n } مرة بينما كان سجلك مقفلًا تعذّرت قراءته.
}
damage-copies = { $what }، { $when }: لم تكن القائمة التي يعرف بها سالوس القراءات التي يعيد الجهاز إرسالها صحيحة. القراءات سليمة، وقد تظهر قراءة أُعيد إرسالها مرتين.
damage-stray-copies = مدخلات من القائمة التي يعرف بها سالوس القراءات التي يعيد الجهاز إرسالها. لم تُفقد أي قراءة، وقد تظهر قراءة أُعيد إرسالها مرتين.
damage-overview = { $what }، { $when }: لم يكن الملخص صحيحًا. القراءات سليمة، ويعيد سالوس إعداد الملخص منها.
damage-overviews = ملخصات لا تخص أي يوم من سجلك. لا يُعرض منها شيء.
damage-overviews-removed = ملخصات لم تكن تخص أي يوم من سجلك. لم يُعرض منها شيء، وقد أزالها سالوس.

## A record that is not the one that was here last
damaged-title = جزء من سجلك تالف.
damaged-happened = بعض الإعدادات أو الملاحظات أو الأجهزة أو الأذونات لم تعد قابلة للقراءة، وكل ما عداها صالح للاستعمال. إن كانت لديك نسخة احتياطية فقد تكون سليمة فيها.
damaged-look = انظر ما الذي تلف
read-only-title = سجلك متاح للقراءة فقط.
read-only-happened = لا يمكن الكتابة في المجلد الذي يوجد فيه. تستطيع قراءة كل ما فيه، ولا يُخزَّن شيء: لا قراءات جديدة ولا أذونات.
read-only-fix = إن كان النظام قد جعل القرص للقراءة فقط فقد يكون القرص على وشك العطب: انسخ المجلد الآن، ثم اقفل السجل وافتحه مجددًا.
older-title = هذه نسخة أقدم من سجلك.
older-happened = كان سالوس قد خزّن أكثر مما في هذه النسخة. لعل نسخة احتياطية أُعيدت، أو بدّل أحدهم المجلد.
older-meanwhile = يمكنك قراءة كل ما فيها. وإلى أن تقرر لا يُخزَّن شيء: لا قراءات جديدة ولا أذونات.
older-question = أتريد المتابعة بهذه النسخة الأقدم؟
older-consequence = ما خُزّن بعد إنشاء هذه النسخة ليس فيها. إن لم تُعدها بنفسك فلا تتابع: ابحث أولًا عن السجل الأحدث.
older-remembered = يتذكر السجل هذا الاختيار.
older-yes = أعدتُ نسخة أقدم عن قصد
older-no = ليس الآن
unknown-title = قائمة السجل نفسه بما خُزّن فيه تالفة.
unknown-happened = لا يستطيع سالوس أن يعرف هل هذه أحدث نسخة من سجلك.
unknown-question = أتريد المتابعة بالسجل كما هو؟
unknown-consequence = يبدأ سالوس القائمة من جديد بما في السجل الآن. وما ضاع قبل ذلك، إن ضاع شيء، لن يمكن كشفه بعدها.
unknown-yes = المتابعة به كما هو

## النسخ الاحتياطية، حاسوب مفقود، كل شيء في ملف واحد، سجلات عدة أشخاص
work-stop = إيقاف
stopped-backup = أُوقف النسخ الاحتياطي الذي بدأته لأن سجلك أُقفل.
stopped-rehearsal = أُوقف اختبار نسختك الاحتياطية لأن سجلك أُقفل.
stopped-export = لم يكتمل الملف الذي كنت تحفظه لأن سجلك أُقفل.
stopped-verification = أُوقف التحقق من سجلك لأنه أُقفل.
stopped-again = لم يُحفظ شيء ناقص. ابدأ من جديد متى وجدت الوقت.
stopped-away = إخفاء هذا
backups-title = النسخ الاحتياطية
backups-short = تُنشأ نسخة من سجلك مرة كل يوم، ولا يفتحها إلا مفتاح الاسترداد المطبوع.
backups-open = عرض النسخ الاحتياطية
backups-newest = أحدث نسخة احتياطية من { $when }.
backups-none = لا توجد نسخة احتياطية بعد. تُنشأ واحدة بعد قليل من فتح القفل، ثم مرة كل يوم.
backups-not-ready = تبدأ النسخ الاحتياطية بعد أن تكتب مفتاح الاسترداد هنا مرة: فهو الذي سيفتحها. اكتبه تحت «الاختبار بالورقة».
backups-rewriting = ما زالت النسخ الاحتياطية تضم قراءات حذفتها نهائيًا. تحل محلها نسخة جديدة تلقائيًا حالما يتوفر القرص ولا يكون عمل آخر جاريًا.
backups-need-key = لا تُنشأ نسخ احتياطية من سجلك بعد. اكتب مفتاح الاسترداد مرة واحدة فتبدأ.
backups-need-look = تعذّر إنشاء نسخة احتياطية جديدة من سجلك. النسخ الأقدم باقية.
backups-need-test = حان وقت اختبار نسختك الاحتياطية بالورقة، لتعرف أنهما متوافقتان. يستغرق ذلك دقائق قليلة.
backups-how = كل نسخة ملف واحد مشفّر يُتحقق منه بعد كتابته. لا يفتحه إلا مفتاح الاسترداد المطبوع، على هذا الحاسوب أو غيره.
backups-make = إنشاء نسخة احتياطية الآن
backups-working = جارٍ إنشاء نسخة احتياطية والتحقق منها
backups-where = أين هي
backups-own = في مجلد سجلك على هذا الحاسوب. إن فُقد الحاسوب فُقدت معه: اختر مجلدًا على قرص آخر.
backups-folder = في المجلد «{ $name }» الذي اخترته. إن كان على قرص تصله بالحاسوب فستُنشأ النسخة حين يكون القرص موصولًا.
backups-choose = اختيار مجلد آخر
backups-use-own = العودة إلى مجلد السجل
backups-kept = { $n ->
    [one] نسخة احتياطية واحدة
    [two] نسختان احتياطيتان
    [few] { $n } نسخ احتياطية
   *[other] { $n } نسخة احتياطية
}
backups-rule = يحتفظ سالوس بأحدث نسخة احتياطية من كلٍّ من آخر 7 أيام و4 أسابيع و12 شهرًا صُنعت فيها نسخة.
backups-more = { $n ->
    [one] وواحدة أخرى.
    [two] واثنتان أخريان.
    [few] و{ $n } أخرى.
   *[other] و{ $n } أخرى.
}
rehearse-title = الاختبار بالورقة
rehearse-why = اكتب مفتاح الاسترداد من ورقتك. يفتح سالوس به أحدث نسخة احتياطية ويقرأ كل ما فيها ثم يزيل ما أخرجه منها. هكذا يتبين أن الورقة والنسخة متوافقتان.
rehearse-due = مضى على آخر اختبار أكثر من ثلاثة أشهر. يُرجى إجراؤه من جديد.
rehearse-last = أُجري الاختبار { $when }.
rehearse-start = اختبار أحدث نسخة
rehearse-working = جارٍ فتح النسخة وقراءتها كلها
rehearse-done = { $n ->
    [one] النسخة من { $when } تفتحها ورقتك، وقراءتها الوحيدة مقروءة.
    [two] النسخة من { $when } تفتحها ورقتك، وقراءتاها مقروءتان.
    [few] النسخة من { $when } تفتحها ورقتك، وقراءاتها كلها ({ $n }) مقروءة.
   *[other] النسخة من { $when } تفتحها ورقتك، وقراءاتها كلها ({ $n }) مقروءة.
}
export-title = كل شيء في ملف واحد
export-what = كل القراءات بصيغة تفتحها برامج أخرى: جدول (CSV) لبرامج الجداول، أو JSON Lines للبرامج. مع كل قيمة وحدتها ورموزها ومصدرها.
export-fhir-what = الأذونات ومرات الفتح بصيغة FHIR التي تقرؤها برامج صحية أخرى: لمن أعطيت إذنًا، وما الذي فُتح به، ومن أي أجهزة جاءت قراءاتك. يُطلب من الأعضاء إثبات كل منها. أما القراءات نفسها فليست فيها.
export-open = هذا الملف غير مشفّر. يقرؤه كل من يحصل عليه.
export-csv = حفظ كجدول (CSV)
export-json = حفظ بصيغة JSON Lines
export-fhir = حفظ الأذونات ومرات الفتح (FHIR)
export-working = جارٍ كتابة الملف
export-shared = { $n ->
    [zero] ليس في الملف أي إذن. مرات الفتح فيه: { $openings }.
    [one] في الملف إذنك الوحيد. مرات الفتح فيه: { $openings }.
    [two] في الملف إذناك. مرات الفتح فيه: { $openings }.
    [few] في الملف أذوناتك وعددها { $n }. مرات الفتح فيه: { $openings }.
   *[other] في الملف أذوناتك وعددها { $n }. مرات الفتح فيه: { $openings }.
}
export-earlier = لم يُثبت الأعضاء كل الأذونات الآن. ما أُثبت من قبل في الملف وعليه علامة تدل على ذلك، وقد تنقصه مرات فتح.
export-done = { $n ->
    [one] في الملف قراءتك الوحيدة.
    [two] في الملف قراءتاك.
    [few] في الملف قراءاتك كلها وعددها { $n }.
   *[other] في الملف قراءاتك كلها وعددها { $n }.
}
export-unclaimed = { $n ->
    [one] وفيه قراءة واحدة أخرى تنتظر أن تقول لمن هي. عليها علامة «unclaimed».
    [two] وفيه قراءتان أخريان تنتظران أن تقول لمن هما. عليهما علامة «unclaimed».
    [few] وفيه { $count } قراءات أخرى تنتظر أن تقول لمن هي. عليها علامة «unclaimed».
   *[other] وفيه { $count } قراءة أخرى تنتظر أن تقول لمن هي. عليها علامة «unclaimed».
}
export-damaged = { $n ->
    [one] ساعة واحدة من سجلك تالفة. ما يمكن قراءته منها في الملف، وقد تكون كاملة في نسخة احتياطية.
    [two] ساعتان من سجلك تالفتان. ما يمكن قراءته منهما في الملف، وقد تكونان كاملتين في نسخة احتياطية.
    [few] { $n } ساعات من سجلك تالفة. ما يمكن قراءته منها في الملف، وقد تكون كاملة في نسخة احتياطية.
   *[other] { $n } ساعة من سجلك تالفة. ما يمكن قراءته منها في الملف، وقد تكون كاملة في نسخة احتياطية.
}
restore-have = لدي نسخة احتياطية
helpers-have = لديّ من يساعدني في العودة
helpers-title = العودة بمساعدة أشخاص تثق بهم
helpers-how = يستغرق ذلك نحو ثلاثة أيام:
helpers-record = تنشئ سجلًا تنتظر فيه. وتحت «العائلة» تنشئ فيه طلبًا للأشخاص الذين سمّيتهم من قبل.
helpers-agree = يوافقون على حواسيبهم، بعد أن يقرأ كلٌّ منكم الأرقام للآخر.
helpers-wait = خلال 72 ساعة يستطيع كل من يساعدك الاعتراض. ثم يتكلم هذا الحاسوب باسمك، ويعيدون إليك حصصهم مما يفتح نسخك الاحتياطية.
helpers-file = تختار أحد ملفات نسخك الاحتياطية: من ذاكرة محمولة أو قرص آخر أو مجلد محفوظ على الإنترنت. من دونه لا يعود إليك سوى القرار في من يساعدك.
helpers-key = إذا كان لديك مفتاح الاسترداد وملف نسخة احتياطية، فاختر «لدي نسخة احتياطية» بدلًا من ذلك. يستغرق ذلك دقائق قليلة.
restore-title = سجلك من نسخة احتياطية
restore-how = تحتاج إلى ملف النسخة الاحتياطية وإلى الورقة التي عليها مفتاح الاسترداد. لا يتغير شيء في السجل على الحاسوب القديم.
restore-key-hint = لا فرق بين الأحرف الكبيرة والصغيرة، ولا أثر للمسافات والشرطات.
restore-choose = اختيار ملف النسخة الاحتياطية
restore-working = جارٍ إخراج سجلك من النسخة الاحتياطية
lost-title = حاسوب مفقود أو مسروق
lost-when = إن ضاع حاسوب عليه سجلك فهذا ما كان يمكنه فتحه، وهذا ما تفعله الآن.
lost-open = عرض ما تفعله
lost-sentence = سجلك على الحاسوب المفقود مقفل، إلا إن كان مفتوحًا في سالوس في تلك اللحظة. نفّذ هذه الخطوات على هذا الحاسوب بهذا الترتيب.
lost-could = ما كان يمكن فتحه بذلك الحاسوب
lost-could-passphrase = سجلك كله حتى يوم فقدانه، لمن لديه الحاسوب ويعرف عبارة المرور أو يخمّنها.
lost-could-key = والأمر نفسه لمن لديه الحاسوب والورقة التي عليها مفتاح الاسترداد.
lost-could-write = وبعبارة مرورك: قراءات جديدة تبدو كأنها لك، إلى أن تسحب تسجيل ذلك الحاسوب.
lost-could-open = إن كان سجلك مفتوحًا في تلك اللحظة: كل ما فيه، لمن أخذ الحاسوب، إلى أن يُقفل. يُقفل تلقائيًا بعد خمس دقائق لا يستخدم فيها أحد سالوس (وبعد ساعة ما دام عمل طويل بدأتَه جاريًا)، وعلى لينكس أيضًا عند دخول الحاسوب في السكون أو قفل شاشته.
lost-could-files = الملفات التي حفظتها من سالوس هناك، مثل ملف «كل شيء في ملف واحد»: لا يشفّرها سالوس.
lost-could-give = وبعبارة مرورك: إيقاف أذوناتك، وإعطاء أذونات جديدة لما عليه. ولا تظهر هذه على هذا الحاسوب.
lost-could-patients = قائمة مرضاك، وما يشاركونه معك إلى أن ينتهي أو يوقفوه، لمن لديه الحاسوب ويعرف عبارة المرور أو يخمّنها. وكل فتح يترك إيصالًا يراه المريض.
lost-could-codes = وبعبارة مرورك: رموز جديدة باسمك، إلى أن توقف مؤسستك تأكيدها.
lost-could-not = وبعد أن يُقفل: لا شيء بلا عبارة المرور وبلا الورقة، سوى الأسماء التي على السجلات الموجودة فيه.
lost-now = ما تفعله الآن
lost-held = { $n ->
    [one] في سجلك نوع واحد من القراءات
    [two] في سجلك نوعان من القراءات
    [few] في سجلك { $n } أنواع من القراءات
   *[other] في سجلك { $n } نوعًا من القراءات
}
lost-held-line = { $n ->
    [one] { $what }: قراءة واحدة، { $span }
    [two] { $what }: قراءتان، { $span }
    [few] { $what }: { $count } قراءات، { $span }
   *[other] { $what }: { $count } قراءة، { $span }
}
lost-permission = { $name }، حتى { $end }
lost-step-keys = عبارة مرور جديدة ومفتاح استرداد جديد
lost-step-keys-why = يحميان هذا الحاسوب وكل نسخة احتياطية من الآن. أما النسخة على الحاسوب المفقود فما زالت تُفتح بالقديمين، ولا يمكن تغيير ذلك من هنا.
lost-to-settings = الذهاب إلى الإعدادات
lost-step-renew = مفاتيح جديدة للقراءات الجديدة
lost-step-renew-why = ما تقيسه بعد ذلك يكون تحت مفاتيح ليست لدى الحاسوب المفقود، وكذلك ما يُفعل باسمك. ويعيد سالوس إعطاء الأذونات السارية تحتها بالشروط نفسها. وتخرج حواسيبك الأخرى من سجلك إلى أن تقارن معها ستة أرقام من جديد، ويتكلم باسمك في دائرة عائلتك مفتاح جديد.
lost-renew = بدء مفاتيح جديدة
lost-renewed = القراءات الجديدة تحت مفاتيح جديدة منذ { $when }. أما ما كان يمكن قراءته بالحاسوب المفقود من قبل فقد يبقى لدى من أخذه.
lost-retired = ما لم يعد الحاسوب المفقود يستطيعه
lost-retired-done = ما يُعطى من الآن لا يمكن إيقافه بمفاتيحه، ولا تقول هذه المفاتيح شيئًا باسمك.
lost-retired-given = { $n ->
    [0] لم يُعطَ أي إذن من جديد.
    [one] أُعطي إذن واحد من جديد بمفاتيح جديدة: لا يستطيع الحاسوب المفقود إيقافه.
    [two] أُعطي إذنان من جديد بمفاتيح جديدة: لا يستطيع الحاسوب المفقود إيقافهما.
    [few] أُعطيت { $n } أذونات من جديد بمفاتيح جديدة: لا يستطيع الحاسوب المفقود إيقافها.
   *[other] أُعطي { $n } إذنًا من جديد بمفاتيح جديدة: لا يستطيع الحاسوب المفقود إيقافها.
}
lost-retired-still = { $n ->
    [one] ما زال يستطيع إيقاف إذن واحد. يعيد سالوس إعطاءه حالما يجيب الأعضاء، ما لم يحتج إلى قرارك: انظر «من يرى ماذا».
    [two] ما زال يستطيع إيقاف إذنين. يعيد سالوس إعطاءهما حالما يجيب الأعضاء، ما لم يحتاجا إلى قرارك: انظر «من يرى ماذا».
    [few] ما زال يستطيع إيقاف { $n } أذونات. يعيد سالوس إعطاءها حالما يجيب الأعضاء، ما لم تحتج إلى قرارك: انظر «من يرى ماذا».
   *[other] ما زال يستطيع إيقاف { $n } إذنًا. يعيد سالوس إعطاءها حالما يجيب الأعضاء، ما لم تحتج إلى قرارك: انظر «من يرى ماذا».
}
lost-retired-card = بطاقة الطوارئ لديك من قبل ذلك. يستطيع من لديه الحاسوب المفقود أن يضع خلفها قراءات كاذبة، ولا تُظهر شيئًا مما يُقاس من الآن فصاعدًا. أنشئ بطاقة جديدة وتخلّص من الورقة القديمة.
lost-retired-compare = حاسوبك «{ $name }» خارج سجلك. اجعله يعرض رمزًا، وقارن معه ستة أرقام، لتضيفه من جديد.
lost-retired-to-laptops = الذهاب إلى حواسيبك
lost-retired-circle-waits = لم يؤكد الأعضاء بعد مفتاحك الجديد في دائرة عائلتك.
lost-retired-circle-new = يتكلم باسمك في دائرة عائلتك مفتاح جديد، ولا يتكلم الحاسوب المفقود باسم أحد.
lost-retired-circle-taken = كان من لديه الحاسوب المفقود أسرع، وهو يتكلم باسمك في دائرة عائلتك. ومن يستطيعون مساعدتك في العودة يستطيعون إبطال ذلك: جهّز طلبًا لهم، وأخبر كل من يساعدك.
lost-retired-request = تجهيز الطلب
lost-permissions-renewed = { $n ->
    [0] لا يوجد إذن سارٍ.
    [one] يوجد إذن واحد سارٍ. يعيد سالوس إعطاءه تحت المفاتيح الجديدة: أوقفه إن لم تكن بحاجة إليه.
    [two] يوجد إذنان ساريان. يعيد سالوس إعطاءهما تحت المفاتيح الجديدة: أوقف ما لا تحتاج إليه منهما.
    [few] توجد { $n } أذونات سارية. يعيد سالوس إعطاءها تحت المفاتيح الجديدة: أوقف ما لا تحتاج إليه منها.
   *[other] يوجد { $n } إذنًا ساريًا. يعيد سالوس إعطاءها تحت المفاتيح الجديدة: أوقف ما لا تحتاج إليه منها.
}
lost-step-computer = سحب تسجيل الحاسوب المفقود
lost-same-computer = لم يُستعد هذا السجل هنا من نسخة احتياطية، فلا حاسوب سابق له. إن فقدت حاسوبًا آخر فاستعد سجلك أولًا على حاسوب جديد.
lost-enrolled = الحاسوب السابق مسجّل منذ { $date }.
lost-withdrawn = سُحب تسجيل الحاسوب السابق في { $date }.
lost-never-enrolled = لم يُسجَّل الحاسوب السابق قط.
lost-withdraw = سحب تسجيل الحاسوب السابق
lost-withdraw-title = { $n ->
    [one] سحب تسجيل الحاسوب السابق؟
    [two] سحب تسجيل الحاسوبين السابقين؟
    [few] سحب تسجيل { $n } حواسيب سابقة؟
   *[other] سحب تسجيل { $n } حاسوبًا سابقًا؟
}
lost-withdraw-then = إذا كتب أحد قراءات هناك، فسيرى الأطباء تنبيهًا بجانبها، ولن يروا بعد ذلك أنها جاءت من حاسوب مسجّل.
lost-withdraw-stays = يبقى تسجيل الحاسوب الذي تستخدمه الآن، وتبقى قراءاتك وأذوناتك كما هي. ويظل الأطباء يرون من متى إلى متى كان الآخر مسجّلًا.
lost-withdraw-for-good = { $n ->
    [one] لا يمكن التراجع عن ذلك: لن يمكن تسجيل الحاسوب السابق من جديد لهذا السجل، حتى إن وجدته.
    [two] لا يمكن التراجع عن ذلك: لن يمكن تسجيل الحاسوبين السابقين من جديد لهذا السجل، حتى إن وجدتهما.
   *[other] لا يمكن التراجع عن ذلك: لن يمكن تسجيل الحواسيب السابقة من جديد لهذا السجل، حتى إن وجدتها.
}
lost-step-permissions = أوقف الأذونات التي لا تحتاج إليها
lost-permissions = { $n ->
    [0] لا يوجد إذن سارٍ.
    [one] يوجد إذن واحد سارٍ. يُظهر ما أُرسل من قبل، ولا يُظهر شيئًا مما يسجله هذا الحاسوب: أوقفه وأعطِ إذنًا جديدًا إن أردت مواصلة المشاركة.
    [two] يوجد إذنان ساريان. يُظهران ما أُرسل من قبل، ولا يُظهران شيئًا مما يسجله هذا الحاسوب: أوقفهما وأعطِ أذونات جديدة حيث تريد مواصلة المشاركة.
    [few] توجد { $n } أذونات سارية. تُظهر ما أُرسل من قبل، ولا تُظهر شيئًا مما يسجله هذا الحاسوب: أوقفها وأعطِ أذونات جديدة حيث تريد مواصلة المشاركة.
   *[other] يوجد { $n } إذنًا ساريًا. تُظهر ما أُرسل من قبل، ولا تُظهر شيئًا مما يسجله هذا الحاسوب: أوقفها وأعطِ أذونات جديدة حيث تريد مواصلة المشاركة.
}
lost-step-patients = اطلب من مرضاك إيقاف ما شاركوه
lost-received = { $n ->
    [0] لا يشارك معك أي مريض شيئًا الآن.
    [one] يوجد إذن واحد سارٍ. لا يوقفه إلا المريض: اطلب منه ذلك، وأعطه رمزًا جديدًا تنشئه هنا.
    [two] يوجد إذنان ساريان. لا يوقفهما إلا المريضان: اطلب ذلك منهما، وأعطِ كلًّا منهما رمزًا جديدًا تنشئه هنا.
    [few] توجد { $n } أذونات سارية. لا يوقفها إلا المرضى: اطلب ذلك من كل منهم، وأعطه رمزًا جديدًا تنشئه هنا.
   *[other] يوجد { $n } إذنًا ساريًا. لا يوقفها إلا المرضى: اطلب ذلك من كل منهم، وأعطه رمزًا جديدًا تنشئه هنا.
}
lost-codes = { $n ->
    [one] رمز واحد من رموزك لم يُجب عنه بعد. والإذن الذي يجيب عنه يمكن فتحه على الحاسوب المفقود أيضًا: أعطِ ذلك المريض رمزًا جديدًا تنشئه هنا.
    [two] رمزان من رموزك لم يُجب عنهما بعد. والإذن الذي يجيب عن أحدهما يمكن فتحه على الحاسوب المفقود أيضًا: أعطِ هذين المريضين رمزين جديدين تنشئهما هنا.
    [few] { $n } رموز من رموزك لم يُجب عنها بعد. والإذن الذي يجيب عن أحدها يمكن فتحه على الحاسوب المفقود أيضًا: أعطِ هؤلاء المرضى رموزًا جديدة تنشئها هنا.
   *[other] { $n } رمزًا من رموزك لم يُجب عنها بعد. والإذن الذي يجيب عن أحدها يمكن فتحه على الحاسوب المفقود أيضًا: أعطِ هؤلاء المرضى رموزًا جديدة تنشئها هنا.
}
lost-step-organisation = أخبر مؤسستك
lost-step-organisation-why = تستطيع أن توقف تأكيدها، فلا يقبل أي مريض رمزًا من الحاسوب المفقود بعد ذلك. وتتوقف معه الرموز التي تنشئها هنا: ابدأ سجلًا آخر في الإعدادات واطلب تأكيده. أما الأذونات السارية فتستمر إلى أن يوقفها المريض.
lost-step-others = اعتنِ بالسجلات الأخرى
lost-others = { $n ->
    [one] يوجد سجل آخر على هذا الحاسوب. إن كان على الحاسوب المفقود أيضًا فلا تفتحه هناك إلا عبارة مروره أو مفتاح استرداده. لا يُعرف من هنا ما فيه: انتقل إليه ونفّذ هذه الخطوات هناك.
    [two] يوجد سجلان آخران على هذا الحاسوب. إن كانا على الحاسوب المفقود أيضًا فلا تفتح كلًّا منهما هناك إلا عبارة مروره أو مفتاح استرداده. لا يُعرف من هنا ما فيهما: انتقل إلى كل منهما ونفّذ هذه الخطوات هناك.
    [few] توجد { $n } سجلات أخرى على هذا الحاسوب. إن كانت على الحاسوب المفقود أيضًا فلا تفتح كلًّا منها هناك إلا عبارة مروره أو مفتاح استرداده. لا يُعرف من هنا ما فيها: انتقل إلى كل منها ونفّذ هذه الخطوات هناك.
   *[other] يوجد { $n } سجلًا آخر على هذا الحاسوب. إن كانت على الحاسوب المفقود أيضًا فلا تفتح كلًّا منها هناك إلا عبارة مروره أو مفتاح استرداده. لا يُعرف من هنا ما فيها: انتقل إلى كل منها ونفّذ هذه الخطوات هناك.
}
lost-other-patient = { $name }: سجل صحي
lost-other-clinician = { $name }: سجل طبيب
lost-other-nameless = سجل لا يمكن قراءة اسمه الآن
lost-to-others = الانتقال إلى سجل آخر
lost-step-backup = أنشئ نسخة احتياطية جديدة
lost-step-backup-why = بعد مفتاح الاسترداد الجديد، لكي تفتحها الورقة الجديدة.
people-title = سجلات مَن
people-name = الاسم على هذا السجل
people-name-hint = الأذونات التي أعطيتها من قبل تحتفظ بالاسم الذي أُعطيت به.
people-rename = تغيير الاسم
people-others = سجلات أخرى على هذا الحاسوب
people-turn-to = الانتقال إلى { $name }
people-apart = يمكن لشخص آخر يستعمل هذا الحاسوب أن يكون له سجل خاص هنا: بعبارة مروره ومفتاح استرداده وأجهزته ونسخه الاحتياطية. فتح سجل لا يفتح غيره.
people-add = بدء سجل آخر

## What opens the record
lock-title = كيف يُقفل سجلك
lock-says = يُقفل من تلقاء نفسه بعد خمس دقائق لا يستخدم فيها أحد سالوس، أو بعد ساعة ما دام عمل طويل بدأته جاريًا. وفي لينكس يُقفل أيضًا حين ينام الحاسوب أو تُقفل شاشته. وزر «قفل» على جانب الشاشة يقفله في الحال.
doors-title = كيف يُفتح سجلك
doors-absent = لا تفتح سجلَّك أي عبارة مرور.
doors-alone = تفتح عبارة المرور سجلَّك. لا يتيح هذا الحاسوب لسالوس حلقة مفاتيح، لذلك تُفتح أي نسخة من مجلد السجل بعبارة المرور على أي حاسوب: اختر عبارة طويلة.
doors-soon = تفتح عبارة المرور سجلَّك. وابتداءً من المرة القادمة التي تفتح فيها القفل تصبح حلقة مفاتيح هذا الحاسوب جزءًا منها.
doors-with-keyring = تفتح عبارة المرور سجلَّك على هذا الحاسوب فقط: لدى حلقة مفاتيحه جزء منها. وفي أي مكان آخر تحتاج إلى مفتاح الاسترداد.
doors-key = يفتحه مفتاح الاسترداد أيضًا، على أي حاسوب.
doors-guardians = يستطيع { $needed } ممن يمكنهم مساعدتك في العودة، وعددهم { $of }، أن يعيدوه إليك معًا من ملف نسخة احتياطية.
doors-refused = { $n ->
    [one] بينما كان سجلك مقفلًا كتب برنامج آخر في صندوق الوارد أو غيّره. أُهمل مدخل واحد.
    [two] بينما كان سجلك مقفلًا كتب برنامج آخر في صندوق الوارد أو غيّره. أُهمل مدخلان.
    [few] بينما كان سجلك مقفلًا كتب برنامج آخر في صندوق الوارد أو غيّره. أُهملت { $n } مدخلات.
   *[other] بينما كان سجلك مقفلًا كتب برنامج آخر في صندوق الوارد أو غيّره. أُهمل { $n } مدخلًا.
}
doors-change-passphrase = تغيير عبارة المرور
doors-try-key = تجربة مفتاح الاسترداد
doors-new-key = إنشاء مفتاح استرداد جديد
doors-close = إبقاء كل شيء كما هو
doors-keep-old = الاحتفاظ بالمفتاح القديم
doors-forgotten = نسيتها: استخدام مفتاح الاسترداد
field-old-passphrase = عبارة المرور الحالية
field-new-passphrase = عبارة المرور الجديدة
doors-copies = من الآن لا تفتح سجلَّك هنا إلا العبارة الجديدة. أما نسخة السجل التي صنعها أحد من قبل فتُفتح بالعبارة القديمة.
doors-passphrase-changed = تغيّرت عبارة المرور.
doors-try-why = اكتب المفتاح من ورقتك. يُفحص ولا يتغير شيء.
doors-key-works = يعمل مفتاح الاسترداد هذا. أعد الورقة إلى مكانها.
doors-new-key-why = أنشئ مفتاحًا جديدًا إذا ضاعت الورقة أو ربما رآها أحد. يعمل المفتاح القديم إلى أن تكتب الجديد.
doors-type-back = اكتب هاتين المجموعتين من ورقتك، ثم يحل المفتاح الجديد محل القديم.
doors-group = المجموعة { $n }
doors-group-differs = ليست كما ظهرت
doors-key-set = استخدام المفتاح الجديد
doors-look-again = إظهار المفتاح مرة أخرى
doors-key-changed = أصبح مفتاح الاسترداد الجديد مستخدمًا. أتلف ورقة المفتاح القديم.

## Clinician
inbox-title = { $n ->
    [0] الوارد
    [one] سجل جديد واحد
    [two] سجلان جديدان
    [few] { $n } سجلات جديدة
   *[other] { $n } سجلًا جديدًا
}
inbox-empty = لا توجد سجلات مشاركة بعد.
inbox-empty-hint = أعطِ المريض رمزك. عندما يشارك قراءاته به تظهر هنا.
inbox-new = جديد
inbox-open = مشارَك معك
inbox-waiting = رموز لم يُجَب عنها
inbox-no-note = رمز بلا ملاحظة
inbox-ended = انتهى
inbox-left = بقي { $length }
duty-title = مشارَك مع { $role }، { $organisation }
duty-on = أنت مناوب حتى { $until }.
duty-nothing = لم يشارك أي مريض شيئًا مع المناوبين هنا.
duty-named = كل فتح يكون باسمك، ويُبلَّغ المريض بأنه كان أنت.
duty-off = لست مناوبًا الآن. ما شاركه المرضى مع المناوبين يُفتح عندما تضعك { $organisation } في المناوبة.
inbox-open-record = فتح قراءات { $name }
inbox-after = ملاحظاتك إلى { $name }، وطلب المزيد
code-title = رمز لمريض
code-why = يحتاج كل مريض إلى رمز جديد. يبيّن الرمز من أنت بتأكيد مؤسستك، ولا يذكر شيئًا عن المريض.
code-note = ملاحظة لنفسك
code-note-hint = مثل الأحرف الأولى من اسم المريض. تبقى على هذا الحاسوب.
code-make = إنشاء رمز
code-ready = الرمز جاهز
code-ready-hint = أعطه لمريض واحد فقط. يحمل تأكيد { $member }.
code-label = الرمز
ask-title = ما أطلبه
ask-hint = يراه المريض قبل أن يختار، ويمكنه أن يعطي أقل منه أو لا شيء. إن لم تختر شيئًا فلا يطلب الرمز شيئًا.
ask-what = القراءات
ask-purpose = الغرض
ask-back = لكم يومًا؟
ask-back-days = { $n ->
    [one] اليوم
    [two] آخر يومين
    [few] آخر { $n } أيام
   *[other] آخر { $n } يومًا
}
ask-new = والجديدة ما دام الإذن ساريًا
ask-lasts = كم من الوقت تريد أن تفتحها؟
ask-words = جملة إلى المريض
ask-words-hint = ليست لازمة. يقرؤها كل من معه الرمز، فلا تذكر أحدًا بالاسم. 200 حرف على الأكثر.
ask-words-wrong = اكتب سطرًا واحدًا من نص عادي، 200 حرف على الأكثر.
given-codes-title = رموز لم يستخدمها أحد بعد
given-codes-made = أُنشئ { $when }
given-codes-take = سحب
given-codes-question = هل تريد سحب هذا الرمز؟
given-codes-patient = لن يتمكن حامل الرمز من إعطائك قراءات به بعد الآن، فلن يستطيع أحد فتحها.
given-codes-relative = لن يتمكن حامل الرمز من السماح لك بالمساعدة به بعد الآن، فلن يصلك شيء.
given-codes-tell = إن كنت قد أعطيته لأحد فأخبره بذلك. يمكنك إنشاء رمز جديد في أي وقت.
given-codes-yes = سحب الرمز
given-codes-no = إبقاء الرمز
given-codes-taken = سُحب الرمز.
request-title = يجب أن تؤكدك مؤسستك أولًا
request-hint = سلّم هذا الطلب إلى مسؤول سالوس في مؤسستك، وسيعيد إليك تأكيدًا.
request-label = الطلب
attestation-label = التأكيد الذي استلمته
attestation-file = أو اختر الملف الذي استلمته
attestation-add = إدخال التأكيد
opened-back = العودة إلى الوارد
opened-opening = جارٍ فتح السجل…
opened-opening-hint = سيرى المريض أنك فتحته.
opened-working = يُترك الإيصال أولًا، ثم تُجمع الأجزاء من الأعضاء.
opened-refused = لم يُفتح السجل
opening-stop = إيقاف الفتح
opening-stopped = أوقفتَ الفتح
opening-stopped-hint = لم يُعرض ولم يُحفظ هنا شيء. وإن كان الإيصال قد تُرك فسيرى المريض أن السجل فُتح.
opening-again = افتح من جديد
opened-consent = يسمح لك { $name } برؤية { $what }، قيست { $span }، حتى { $until }.
opened-consent-helper = شخص يساعد { $name }، وقد سمح له { $name } بذلك، يسمح لك برؤية { $what }، قيست { $span }، حتى { $until }.
opened-hidden = كل ما عدا ذلك محجوب عنك، ولا يُحفظ شيء على هذا الحاسوب.
second-title = يجب أن يوافق طبيب ثانٍ
second-why = لا يسمح المريض بفتح هذا إلا مع طبيب ثانٍ. اطلب ذلك من طبيب آخر أكّده أحد الأعضاء.
second-ask = إعداد نص يسأل طبيبًا آخر
second-question = سؤال للطبيب الآخر
second-question-hint = يذكر من أنت ولأي فتح هو، ولا يذكر شيئًا عن المريض: أخبر الطبيب الآخر بمن يتعلق.
second-answer = الجواب الذي وصلك
second-open = الفتح معًا
being-second-title = الموافقة كطبيب ثانٍ
being-second-hint = قد يطلب منك طبيب آخر ذلك بسؤال من Salus. السؤال لا يسمّي المريض: لا توافق إلا إذا عرفت بمن يتعلق.
being-second-label = السؤال الذي وصلك
being-second-check = معرفة من يسأل
being-second-asks = يطلب { $name } موافقتك على فتح واحد لما شاركه مريض من أجل العلاج.
being-second-until = ينتهي الإذن { $when }.
being-second-agree = موافقة
being-second-answer = جوابك
being-second-answer-hint = أعطه إلى { $name }. يُعتدّ به لما طُلب وحده، ولا يصلح لغيره.
opened-how = كيف فُتح هذا السجل
opened-receipt = { $n ->
    [one] سُجّل إيصالك { $when } قبل الإفراج عن أي شيء. جُلب جزء مختوم واحد وفُحص.
    [two] سُجّل إيصالك { $when } قبل الإفراج عن أي شيء. جُلب جزآن مختومان وفُحصا.
    [few] سُجّل إيصالك { $when } قبل الإفراج عن أي شيء. جُلبت { $n } أجزاء مختومة وفُحصت.
   *[other] سُجّل إيصالك { $when } قبل الإفراج عن أي شيء. جُلب { $n } جزءًا مختومًا وفُحصت.
}
opened-released = أفرج عنه: { $names }.
opened-more = طلب المزيد
opened-refused-by = رفض أو أجاب خطأً: { $names }.
gateway-enrolled = من حاسوب مسجّل منذ { $date }.
gateway-was-enrolled = من حاسوب كان مسجّلًا من { $from } إلى { $to }. وصلت كل هذه القراءات في تلك المدة.
gateway-early = من حاسوب مسجّل منذ { $date }. وصل بعض هذه القراءات قبل ذلك.
gateway-withdrawn = وصل بعض هذه القراءات بعد سحب تسجيل هذا الحاسوب في { $date }. اسأل المريض عن مصدرها.
gateway-not-enrolled = من حاسوب غير مسجّل. لا شيء يثبت من أي حاسوب جاءت هذه القراءات.
gateway-other = يذكر الإذن تسجيل حاسوب آخر. لا شيء يثبت من أي حاسوب جاءت هذه القراءات.
gateway-unproven = تعذّر على الأعضاء الآن إثبات أن هذه القراءات جاءت من حاسوب مسجّل. افتح السجل مرة أخرى لاحقًا.

## العائلة: من يساعد من
family-title = العائلة
family-help-title = مساعدة شخص آخر
family-help-hint = أنشئ رمزًا وأعطه للشخص الذي ستساعده. هو من يقرر ما يُسمح لك به، ويستطيع إنهاءه في أي وقت.
family-codes-waiting = { $n ->
    [one] أُعطي رمز واحد ولم يُستخدم بعد.
    [two] أُعطي رمزان ولم يُستخدما بعد.
    [few] أُعطيت { $n } رموز ولم تُستخدم بعد.
   *[other] أُعطي { $n } رمزًا ولم تُستخدم بعد.
}
family-code-label = رمزك لشخص واحد
family-code-make = إنشاء رمز
family-digits-hint = لا أحد يؤكد هويتك. ليقرأ كلٌّ منكما هذه الأرقام للآخر، هاتفيًا أو وجهًا لوجه:
family-own-title = من يساعدني
family-own-none = لا أحد بعد. يستطيع المساعِد أن يتحقق من صحة ما يُسمح به نيابة عنك، وأن يأذن حين لا تستطيع أنت.
family-until = حتى { $when }
family-review-after = متى تريد أن تراجع ذلك من جديد؟ عندها تتوقف المساعدة إلى أن تقول إنها تستمر.
family-review-never = ليس قبل انتهائها
family-review-by = تُراجَع قبل { $when }
family-paper = توجد وثيقة تمنح هذه الصلاحية
family-paper-hint = تختار الصورة أو الملف بعد ذلك. يبقى الملف عندك: يحفظ الأعضاء رقمًا لا يطابق إلا هذا الملف ولا يمكن أن يُقرأ منه شيء.
family-paper-named = تستند إلى وثيقة
family-rules = متى يلزم أن يوافق مساعد آخر
family-rules-ordinary = يأذن المساعد وحده، دون موافقة مساعد آخر، بما يلي: { $what }.
family-rules-ordinary-none = لا يأذن المساعد بشيء دون موافقة مساعد آخر.
family-rules-needs = { $n ->
    [one] لكل ما عدا ذلك، ولما يزيد على { $long }، يجب أن يوافق مساعد آخر. ثم تبقى مهلة للاعتراض: { $window }.
    [two] لكل ما عدا ذلك، ولما يزيد على { $long }، يجب أن يوافق مساعدان آخران. ثم تبقى مهلة للاعتراض: { $window }.
    [few] لكل ما عدا ذلك، ولما يزيد على { $long }، يجب أن يوافق { $n } مساعدين آخرين. ثم تبقى مهلة للاعتراض: { $window }.
   *[other] لكل ما عدا ذلك، ولما يزيد على { $long }، يجب أن يوافق { $n } مساعدًا آخر. ثم تبقى مهلة للاعتراض: { $window }.
}
family-rules-objector = في هذه المهلة يُعتدّ باعتراضي واعتراض { $name }.
family-rules-objector-anybody = في هذه المهلة يُعتدّ باعتراض أي شخص.
family-rules-change = تغيير ذلك
family-rules-hint = القواعد الأشد تسري فورًا. أما الأخف فتسري بعد 72 ساعة، ليتمكن كل من يساعدك من الاعتراض.
family-rules-approvals = كم مساعدًا آخر يجب أن يوافق؟
family-rules-others = { $n ->
    [one] مساعد واحد آخر
    [two] مساعدان آخران
    [few] { $n } مساعدين آخرين
   *[other] { $n } مساعدًا آخر
}
family-rules-long = يجب أن يوافقوا على كل ما يدوم أكثر من
family-rules-veto = مهلة الاعتراض بعد ذلك
family-rules-whose = من يُعتدّ باعتراضه في هذه المهلة، إلى جانب اعتراضي؟
family-rules-anybody = كل من يساعدني
family-rules-yes = تغيير القواعد
family-review = راجعتُه: يستمر
family-review-title = هل تستمر مساعدة { $name }؟
family-review-sentence = تستمر ضمن الحدود التي منحتها، لسنة على الأكثر قبل أن تتوقف من جديد، ولا تتجاوز نهايتها.
family-review-no = ليس الآن
family-remove = إنهاء المساعدة
family-waits = قيد الانتظار
family-object = أعترض
family-own-given = ما أذن به مساعديّ
family-remove-title = إنهاء مساعدة { $name }؟
family-remove-sentence = بعد ذلك لا يستطيع { $name } أن يأذن بشيء نيابة عنك. وما أذن به { $name } يتوقف حتى توافق عليه من جديد. أما ما رآه { $name } فلا يمكن استرجاعه.
family-remove-keys = تبدأ مفاتيح جديدة فورًا: ما تقيسه بعد ذلك لا يستطيع { $name } قراءته. أما ما كان { $name } يستطيع قراءته من قبل فقد يبقى لديه.
family-new-keys = القراءات الجديدة تحت مفاتيح جديدة منذ { $when }. أما ما كان يمكن أن يقرأه { $names } من قبل فقد يبقى لديهم.
family-retired = يتكلم باسمك هنا مفتاح جديد منذ { $when }، لأن حاسوبًا فُقد. ويستطيع من يمكنهم مساعدتك في العودة أن يعطوك خلال 30 يومًا مفتاحًا آخر مهما قال هذا الحاسوب. وإلى ذلك الحين لا تستطيع تسمية أحد جديد لذلك، ولا أن تدع أحدًا جديدًا يساعدك ما دام هناك من يمكنهم ذلك.
family-retired-of = يتكلم باسم { $name } مفتاح جديد على الفور منذ { $when }، لأن حاسوبًا فُقد. اسأل { $name } وجهًا لوجه أو بالهاتف إن كان ذلك منه فعلًا. وإن لم يكن فيستطيع من يمكنهم مساعدة { $name } في العودة إعطاءه مفتاحًا آخر.
family-still-hold = لم يعد يحق لـ { $name } قراءة كل ذلك، ولم تبدأ مفاتيح جديدة بعد. ما تقيسه حتى { $when } قد يقرؤه { $name }. يعيد سالوس المحاولة من تلقاء نفسه ما دام سجلك مفتوحًا.
family-new-keys-less = القراءات الجديدة تحت مفاتيح جديدة منذ { $when }: { $what }. أما ما كان يمكن أن يقرأه { $names } منها من قبل فقد يبقى لديهم.
family-less = تقليل ما يمكنه قراءته
family-less-title = ما الذي يبقى لـ { $name } أن يقرأه؟
family-less-what = أزل العلامة عمّا لا ينبغي أن يقرأه { $name } بعد الآن
family-less-sentence = ما تستبعده لا يحق لـ { $name } قراءته ولا الإذن به بعد الآن، وذلك فورًا: تبدأ له مفاتيح جديدة. أما ما كان { $name } يستطيع قراءته من قبل فقد يبقى لديه. وما أذن به { $name } منه يستمر حتى نهايته دون أي شيء يُقاس من الآن فصاعدًا، ويمكنك إيقافه.
family-less-waits = لا يأذن { $name } بشيء مدة 72 ساعة. بعدها يأذن { $name } بما بقي، ما لم يعترض أحد ممن يساعدونك. وتستمر القراءة في هذه الأثناء.
family-less-none = عندئذ لا يقرأ { $name } شيئًا ولا يأذن بشيء. ويبقى بإمكان { $name } الموافقة على ما يأذن به الآخرون والاعتراض عليه وإيقافه.
family-less-yes = السماح لـ { $name } بقراءة هذا فقط
family-remove-yes = إنهاء مساعدة { $name }
family-remove-no = إبقاء الأمر كما هو
family-add = السماح لشخص بمساعدتي
family-add-hint = اطلب من الشخص رمز العائلة في سالوس. ينشئه تحت «العائلة».
family-add-code = رمزه
family-compare = لا أحد يؤكد أن هذا هو { $name }. ليقرأ كلٌّ منكما الأرقام للآخر:
family-same = قرأ لي { $name } الأرقام نفسها
family-role = ماذا يُسمح لـ { $name }؟
family-role-steward = قراءة قراءاتي والسماح للأطباء برؤيتها، ضمن حدود
family-role-approver = رؤية ما يأذن به الآخرون نيابة عني والموافقة عليه وإيقافه، دون القراءة
family-what = أي القراءات يقرؤها { $name } ويأذن بها؟
family-whom = لمن يُسمح لـ { $name } بأن يعرضها؟
family-whom-any = لأي طبيب يؤكده أحد الأعضاء
family-whom-named = لأطباء أسمّيهم أنا فقط
family-whom-which = أي الأطباء؟
family-whom-none = لا تعرف هنا أي طبيب بعد. أدخل رمزًا من أحدهم.
family-whom-code = رمز طبيب، لتسميته. لا يعطيه ذلك شيئًا.
family-whom-add = إدخال هذا الرمز
family-only = لهؤلاء فقط: { $names }.
family-only-some = لأطباء سمّاهم صاحب السجل فقط.
family-longest = كم يدوم إذن واحد يعطيه { $name }؟
family-ordinary = أي القراءات يأذن بها المساعد وحده؟
family-ordinary-hint = كل ما عدا ذلك، وما زاد على { $days } يومًا، يحتاج إلى موافقة مساعد آخر. ثم تبقى { $hours } ساعة للاعتراض.
family-add-waits = يسري ذلك بعد 72 ساعة، ليتمكن كل من يساعدك من الاعتراض.
family-add-replaces = ينتظر تغيير من قبل. يحل التغيير الجديد محله، ولا يأتي الأول.
family-add-yes = السماح لـ { $name } بمساعدتي
family-may-approve = الموافقة على ما يأذن به الآخرون والاعتراض والإيقاف. لا يرى القراءات.
family-may-act = القراءة والسماح للأطباء بالرؤية، لمدة أقصاها { $n ->
    [one] يوم واحد في كل مرة.
    [two] يومان في كل مرة.
    [few] { $n } أيام في كل مرة.
   *[other] { $n } يومًا في كل مرة.
}
family-may-permit = قراءة { $what } والسماح للأطباء برؤيتها، لمدة أقصاها { $n ->
    [one] يوم واحد في كل مرة.
    [two] يومان في كل مرة.
    [few] { $n } أيام في كل مرة.
   *[other] { $n } يومًا في كل مرة.
}
family-somebody = شخص ما
family-my-authority = ما يُسمح لك به نيابة عن { $name }:
family-no-more = لم تعد تساعد { $name }.
family-read = رؤية قراءات { $name }
family-give = المشاركة نيابة عن { $name }
family-decide = للبتّ فيه
family-under-way = قيد التنفيذ
family-ending = ينتهي قريبًا
family-ending-how = إذا أردت أن يستمر { $name } في رؤيتها فاطلب منه رمزًا جديدًا، ثم امنحه به إذنًا جديدًا.
family-ending-again = منح { $name } إذنًا جديدًا
family-ending-others = لا يستمر ذلك إلا إذا منح إذنًا جديدًا مَن يجوز له أن يشارك نيابة عن { $person }.
family-parts = ما يوجد عن عائلتك
family-nobody = أنت لا تساعد أحدًا بعد
family-nobody-hint = أنشئ رمزًا أدناه وأعطه للشخص الذي ستساعده. هو يسمح لك بالمساعدة من حاسوبه، وعندها يظهر اسمه هنا.
family-seeing = من يرى قراءات { $name } بإذن من مساعد
family-seeing-none = لا أحد بإذن من مساعد
relative-seeing-own = الأذونات التي يعطيها { $name } وحده لا تظهر هنا، إلا إذا سمح { $name } للمساعدين برؤيتها.
own-given-title = ما أذن به { $name } وحده
own-given-hint = يسمح لك { $name } برؤية هذا وإيقافه. لمن هو وماذا يشمل كما يقول { $name }؛ أما حتى متى، وهل يعمل، فيثبته الأعضاء.
lets-title = ما تأذن به بنفسك
lets-off = من يساعدونك لا يرون من تسمح له أنت برؤية قراءاتك، ولا يستطيعون إيقاف ذلك.
lets-on = من تسري مساعدتهم يرون من تسمح له أنت برؤية قراءاتك، ويستطيع كل واحد منهم إيقاف ذلك. يبلّغهم هذا الحاسوب بما أُذن به عليه وعلى حواسيبك الأخرى، من دون بطاقات الطوارئ.
lets-after = من أُبلغ بإذن يستطيع إيقافه حتى نهايته، حتى لو لم تعد تبلّغهم.
lets-begin = السماح لهم برؤيته وإيقافه
lets-end = عدم إبلاغهم بعد ذلك
family-lay-down = التوقف عن المساعدة
family-lay-down-title = التوقف عن مساعدة { $name }؟
family-lay-down-sentence = ما أذنتَ به يتوقف حتى يوافق عليه { $name } من جديد. ولتساعد مرة أخرى تحتاج إلى رمز جديد.
family-lay-down-yes = التوقف عن المساعدة
family-back = العودة إلى العائلة
family-reading-title = قراءات { $name }
family-reading-hint = ترى هذا لأن { $name } سمح لك. لا يُحفظ هنا.
family-reading-reach = يمكنك قراءة { $what }، ابتداءً من { $date }. ولا يُقال لك هنا إن كان هناك غيرها.
family-reading-working = تُجمع القراءات من الأعضاء.
family-reading-stopped = لم يُعرض هنا شيء ولم يُحفظ.
family-reading-again = القراءة من جديد
family-reading-none = تصل القراءات الجديدة إلى هنا حين يكون حاسوب { $name } مفتوحًا، بعد نحو ساعة من قياسها. انظر لاحقًا، أو اختر مدة أطول أعلاه.
family-fortnight = آخر 14 يومًا
family-given-title = مُنح الإذن
family-given-hint = يُبلَّغ { $name } والمساعدون الآخرون بذلك.
family-give-title = مشاركة قراءات { $name } مع طبيب
family-give-what = أي القراءات؟
family-give-until = لأي مدة؟
family-give-clinician = الطبيب
family-give-own = الملخصات اليومية، وما يطلبه طبيب في رمزه، لا يأذن بهما إلا { $name }. اطلب من الطبيب لهذا رمزًا لم يُختر فيه شيء تحت «ما أطلبه».
family-give-others = يجب أن يوافق مساعد آخر قبل أن يمكن فتح هذا.
family-give-preview = رؤية ما سيراه الطبيب
family-give-preview-hint = هذا كل ما يشمله الإذن الآن. لا يرى { $name } به شيئًا آخر لدى { $person }.
family-give-yes = منح هذا الإذن نيابة عن { $name }
back-title = من يستطيع مساعدتي في العودة
back-none = لا أحد بعد. إذا فقدت هذا الحاسوب ومفتاح الاسترداد، يستطيع أشخاص تثق بهم أن يقولوا معًا إن حاسوبًا جديدًا يتكلم باسمك، وأن يعيدوا ما يفتح نسخة احتياطية عليه.
back-needed = يستطيع { $n } من هؤلاء الأشخاص الـ{ $of } معًا أن يقولوا إن حاسوبًا جديدًا يتكلم باسمك. ثم هناك 72 ساعة تستطيع فيها أنت وكل من يساعدك الاعتراض.
back-held = أجاب في { $when } بأنه ما زال موجودًا
back-not-held = لم يجب بعد إن كان ما زال موجودًا
back-part-right = يحتفظ حاسوبه بالحصة الصحيحة مما يفتح نسخك الاحتياطية
back-part-wrong = لا يحتفظ حاسوبه بالحصة الحالية. يرسلها سالوس من جديد: اسأله مرة أخرى غدًا.
back-part-unknown = لم يُظهر بعد أن حاسوبه يحتفظ بحصته مما يفتح نسخك الاحتياطية
back-parts = لا يرون أيًّا من قراءاتك. يحتفظ حاسوب كل واحد منهم بحصة مما يفتح نسخك الاحتياطية: عدد كافٍ من الحصص مع ملف نسخة احتياطية يعيد قراءاتك، ولا يعيدها شيء آخر مما لديهم. ومن حصل منهم بهذا العدد على أحد ملفات نسخك استطاع قراءته في أي وقت، فاحفظ الملفات حيث لا تصل إليها أيديهم.
back-parts-wait = تُنشأ حصصهم حين يسري ذلك، ما دام سالوس مفتوحًا.
back-not-elsewhere = نسخك الاحتياطية على هذا الحاسوب وحده. إذا فُقد، فلا هؤلاء الأشخاص ولا مفتاح الاسترداد يعيدون قراءاتك. اختر مجلدًا في مكان آخر: ذاكرة محمولة أو قرصًا آخر أو مجلدًا محفوظًا على الإنترنت.
back-choose-folder = الانتقال إلى النسخ الاحتياطية
back-name = تسمية من يستطيع مساعدتي في العودة
back-rename = تسمية أشخاص آخرين
back-name-hint = اطلب من كل واحد منهم رمز عائلة جديدًا من سالوس، ينشئه تحت «العائلة». من يساعدك من قبل يحتاج إلى رمز آخر لهذا. سمِّ شخصين على الأقل.
back-take-out = إخراج { $name }
back-how-many = كم منهم معًا؟
back-of = { $n ->
    [one] شخص واحد
    [two] شخصان
    [few] { $n } أشخاص
    [many] { $n } شخصًا
   *[other] { $n } شخص
}
back-yes = دعهم يساعدونني في العودة
trial-title = تجربة ما إذا كان ذلك سينجح
trial-hint = أرسل النص نفسه إلى كل واحد منهم. يُظهر جوابه أن حاسوبه ما زال يحتفظ بمفتاحه وبالحصة الصحيحة مما يفتح نسخك الاحتياطية. لا يتغير شيء بذلك، وتبقى الحصة عنده.
trial-asked = آخر سؤال في { $when }
trial-question = السؤال لهم جميعًا
trial-ask = إعداد نص يسألهم جميعًا
trial-answer = جواب وصلك
trial-add = إضافة الجواب
regain-title = فقدت حاسوبي
regain-hint = إذا كنت قد سمّيت من يستطيع مساعدتك في العودة: أنشئ طلبًا، وأعطه لكل واحد منهم، واقرأ له الأرقام. حين يوافق عدد كافٍ منهم، يتكلم هذا الحاسوب باسمك بعد 72 ساعة.
regain-readings = ويعيدون إليك أيضًا حصصهم مما يفتح نسخك الاحتياطية. بعدد كافٍ من الحصص وملف نسخة احتياطية تعود قراءاتك. تحتاج إلى الملف: من ذاكرة محمولة أو قرص آخر أو مجلد محفوظ على الإنترنت.
regain-make = إنشاء طلب
regain-request = طلبك، لكل واحد منهم
regain-digits = اقرأ هذه الأرقام لكل واحد منهم، بالهاتف أو وجهًا لوجه:
regain-waits = لم يعد شيء بعد. يصل بعد 72 ساعة من موافقة عدد كافٍ منهم، ما دام سالوس مفتوحًا.
regain-found = يتكلم هذا الحاسوب الآن باسم { $name }
regain-found-by = أعاده إليك: { $names }
regain-found-helpers = المساعدون: { $names }
regain-found-digits = قارن هذه الأرقام مع أحد الذين وافقوا قبل أن تتابع:
regain-take = الأرقام متطابقة: متابعة
parts-title = قراءاتك
parts-hint = الأشخاص الذين وافقوا يعيدون حصصهم مما يفتح نسخك الاحتياطية. تصل الحصة ما دام سالوس مفتوحًا عندهم وعندك.
parts-needed = { $n ->
    [one] يلزم حصة واحدة مطابقة.
    [two] يلزم حصتان مطابقتان.
    [few] يلزم { $n } حصص مطابقة.
   *[other] يلزم { $n } حصة مطابقة.
}
parts-fits = أعاد حصة مطابقة
parts-false = أعاد حصة غير مطابقة، ولن تُستخدم. تحدّث معه.
parts-names-only = لم يُعِد حصة بعد
parts-wait = لا يوجد عدد كافٍ من الحصص بعد.
parts-enough = يوجد عدد كافٍ من الحصص. اختر ملف نسخة احتياطية: يوضع سجلك بجانب هذا السجل، ويُفتح بعبارة المرور نفسها. ما قسته على هذا الحاسوب في هذه الأثناء يبقى في هذا السجل.
parts-forgo = المتابعة بلا القراءات القديمة
parts-forgo-hint = إذا لم يكن لديك ملف نسخة احتياطية: تُنسى هنا الحصص التي عادت، ويُعطى الأشخاص الذين يساعدونك حصصًا لهذا السجل بدلًا منها. ولا يمكن التراجع عن ذلك، ولن تُفتح النسخ الاحتياطية السابقة بعده إلا بمفتاح الاسترداد القديم. ويسألك سالوس مرة أخرى قبل ذلك.
meantime-title = نقل ما قيس في هذه الأثناء
meantime-hint = حين كان هذا السجل مفقودًا استعملت سجلًا آخر على هذا الحاسوب. ما قسته هناك يمكن أن يأتي إلى هذا السجل أيضًا، مع ملاحظاتك. يبقى السجل الآخر كما هو، ولا يأتي شيء مرتين.
meantime-passphrase = عبارة مرور السجل الآخر
meantime-start = نقله
meantime-working = يُنقل ما قيس في هذه الأثناء
meantime-taken = { $n ->
    [0] فُحص في { $when }: لم يكن هناك شيء ليس في هذا السجل.
    [one] نُقل في { $when }: قراءة واحدة إجمالًا.
    [two] نُقل في { $when }: قراءتان إجمالًا.
    [few] نُقل في { $when }: { $n } قراءات إجمالًا.
    [many] نُقل في { $when }: { $n } قراءة إجمالًا.
   *[other] نُقل في { $when }: { $n } قراءة إجمالًا.
}
meantime-waits = ما زال شيء ينتظر في السجل الآخر: قراءات وصلت وهو مقفل، أو لم يقل أحد لمن هي. افتحه مرة وانظر هناك، ثم انقله من جديد.
meantime-damaged = { $n ->
    [one] ساعة واحدة هناك لم تُقرأ كاملة.
    [two] ساعتان هناك لم تُقرآ كاملتين.
    [few] { $n } ساعات هناك لم تُقرأ كاملة.
    [many] { $n } ساعة هناك لم تُقرأ كاملة.
   *[other] { $n } ساعة هناك لم تُقرأ كاملة.
}
meantime-deleted = { $n ->
    [one] قراءة واحدة هناك من وقت حذفته هنا. تبقى هناك.
    [two] قراءتان هناك من أوقات حذفتها هنا. تبقيان هناك.
    [few] { $n } قراءات هناك من أوقات حذفتها هنا. تبقى هناك.
    [many] { $n } قراءة هناك من أوقات حذفتها هنا. تبقى هناك.
   *[other] { $n } قراءة هناك من أوقات حذفتها هنا. تبقى هناك.
}
regained-title = عادت قراءاتك
regained-readings = { $n ->
    [one] في سجلك قراءة واحدة.
    [two] في سجلك قراءتان.
    [few] في سجلك { $n } قراءات.
   *[other] في سجلك { $n } قراءة.
}
regained-key = هذا مفتاح الاسترداد الجديد. المفتاح القديم لم يعد يفتح سجلك. يُعرض هذه المرة وحدها: اكتبه الآن.
regained-parts = تُرسل حصص جديدة إلى الأشخاص الذين يستطيعون مساعدتك في العودة حين تفتح سجلك. ملفات النسخ السابقة ما زالت تُفتح بالحصص القديمة وبمفتاح الاسترداد القديم: أزلها حين تكون هناك نسخة جديدة.
regained-open = كتبته: افتح سجلي
guard-what = تستطيع مساعدة { $name } في العودة بعد فقدان الحاسوب. يحتفظ حاسوبك بحصة مما يفتح النسخ الاحتياطية لـ{ $name }، وهي لا تفتح شيئًا وحدها. لا ترى أي قراءات لـ{ $name }.
guard-back = يتكلم الحاسوب الجديد الآن باسم { $name }. ليقرأ كلٌّ منكما هذه الأرقام للآخر:
guard-lost = فقد { $name } حاسوبه
guard-lost-hint = خذ الطلب من { $name } وجهًا لوجه أو بالهاتف، لا من رسالة وحدها. من توافق عليه يتكلم باسم { $name }.
guard-request = الطلب
guard-calls = صاحب الحاسوب الجديد يسمّي نفسه { $name }.
guard-waits = حين يوافق عدد كافٍ من الآخرين، يسري ذلك بعد 72 ساعة ما لم يعترض أحد. يرى { $name } ذلك على كل شاشة من الحاسوب القديم ويستطيع إنهاءه.
guard-agree = أوافق على أنه يتكلم باسم { $name }
held-title = يسأل { $name } إن كنت ما زلت تحتفظ بحصتك
held-question = السؤال من { $name }
held-say = ما زلت أحتفظ بحصتي
held-answer = جوابك لـ{ $name }
family-given-back = أعاد أشخاص تثق بهم هذا إلى هذا الحاسوب في { $when }. ما زال المساعدون السابقون يستطيعون التصرف. ما يسمحون به من الآن يظهر هنا بعد أن تجيب حواسيبهم. يقرؤون ما كانوا يستطيعون قراءته من قبل ولا شيء أحدث، إلى أن تدعهم يساعدونك من جديد برمز جديد.
note-recovery-from = يقول { $name } وآخرون إنك فقدت هذا الحاسوب. ابتداءً من { $when } يتكلم حاسوب آخر باسمك.
note-recovery-waits = يقول { $name } إنك فقدت هذا الحاسوب. ما زال على آخرين أن يوافقوا.
note-recovery-object = إذا لم تطلب ذلك، فاعترض الآن. ينتهي الأمر فورًا.
note-recovery-done = يتكلم حاسوب آخر باسمك الآن. لا يستطيع هذا الحاسوب تغيير شيء في من يساعدك.
note-recovery-done-hint = إذا لم تكن أنت من فعل ذلك، فتكلم مع من يستطيعون مساعدتك في العودة ومع كل من يساعدك. قراءاتك ما زالت هنا فقط وحيث شاركتها.
note-recovery-young = فُقد حاسوب لك منذ أقل من 30 يومًا، ولذلك لا يُعتدّ باعتراضك أنت هنا: فمن لديه ذلك الحاسوب يستطيع الاعتراض أيضًا. إذا لم تطلب ذلك، فاطلب ممن يساعدك أن يعترض.
note-recovery-open = الذهاب إلى العائلة
note-watched-from = يقول { $name } وآخرون إنك فقدت حاسوبك الأول. ابتداءً من { $when } يتكلم حاسوب آخر باسمك.
note-watched-waits = يقول { $name } إنك فقدت حاسوبك الأول. ما زال على آخرين أن يوافقوا.
note-watched-own = طُلب على حاسوبك الأول أن يتكلم حاسوب آخر باسمك، ابتداءً من { $when }.
note-watched-cannot = لا يستطيع هذا الحاسوب الاعتراض بعد: يجب أن يعمل حاسوبك الأول مرة أخرى وسالوس مفتوح على الحاسوبين. ويستطيع من يساعدك الاعتراض في أثناء ذلك.
note-watched-done-hint = إذا لم تكن أنت من فعل ذلك، فتكلم مع من يستطيعون مساعدتك في العودة ومع كل من يساعدك.
family-watched = يُقرَّر على حاسوبك الأول من يساعدك. ويسأل هذا الحاسوب الأعضاء بنفسه عمّا ينتظر، حتى حين يكون الأول مطفأً أو مفقودًا، ويستطيع الاعتراض عليه.
family-watched-given = توافق عليه أو تعترض عليه أو توقفه على حاسوبك الأول.
change-new-key-by = يقول { $name } إن صاحب السجل فقد حاسوبه: سيتكلم حاسوب جديد باسمه.
handover-title = حين يبلغ { $name } سن الرشد: تسليم القرار
handover-hint = ينشئ { $name } طلبًا على حاسوب خاص به، في سالوس تحت «العائلة». خذه منه وجهًا لوجه.
handover-first = أولًا
handover-first-what = يُوقَف نهائيًا ما أذن به هذا السجل نفسه. ويمنح { $name } من جديد ما لا يزال مرغوبًا فيه:
handover-first-card = تتوقف بطاقة الطوارئ أيضًا. ليُنشئ { $name } بطاقة جديدة على ذلك الحاسوب الآن، قبل أن تسلّم القرار، ويضعها مكان القديمة.
handover-first-none = لا شيء يُوقَف: هذا السجل نفسه لا يأذن بشيء لا يزال ساريًا.
handover-today = اليوم
handover-freezes = لا يساعد أحد بعد الآن، وما أذن به المساعدون لا يفتحه أحد.
handover-then = بعد 72 ساعة
handover-speaks = يقرر حاسوب { $name }، ولا يقرر هذا الحاسوب بعد ذلك. حتى ذلك الحين تستطيع أنت وكل من ساعد الاعتراض.
handover-confirms = ما يؤكده { $name } بعد ذلك أو يتركه مجمدًا
handover-nothing = لا شيء: لم يأذن أي مساعد بشيء لا يزال ساريًا.
handover-stays = ما يبقى كما هو
handover-stays-what = القراءات في هذا السجل.
handover-final = لا يمكن التراجع عن هذا. ومن يساعد بعد ذلك يُسمح له من جديد من الحاسوب الجديد.
handover-yes = تسليم القرار إلى { $name }
handover-not-yet = لم يُسلَّم شيء.
handover-cut-off = بدأ تسليم ولم يكتمل: لم يُسلَّم شيء. سلّم القرار من جديد فيتابع من حيث توقف.
handover-cut-off-stopped = أُوقف هذا ويبقى موقوفًا:
handover-cut-off-runs = لا يزال هذا ساريًا:
handover-was = سُلّم في { $when }
handover-stopped = أُوقف هذا أولًا. يُخبَر به حاسوب { $name }، ويمنح { $name } من جديد ما لا يزال مرغوبًا فيه:
handover-waits = من { $when } يقرر حاسوب { $name }، ما لم يعترض أحد.
handover-objected = اعترض أحدهم على حاسوب { $name }. ومع ذلك انتهت كل مساعدة. تحدث مع الآخرين ثم سلّم القرار من جديد.
handover-digits = يقرر الآن حاسوب { $name }. ليقرأ كلٌّ منكما هذه الأرقام للآخر:
handover-sending = لم يُرسل بعد ما يُعرف عن المساعدين وعما أذنوا به. أبقِ سالوس مفتوحًا.
handover-new-circle = سُلّم القرار في { $when }: لا يساعد أحد من خلاله بعد الآن. ما أذن به المساعدون ينتظر تأكيدك أعلاه.
handover-helper = بلغ { $name } سن الرشد في { $when }. لا يساعد أحد بعد الآن، وما أُذن به متوقف حتى يؤكده { $name }.
handover-ask = حين يبلغ { $name } سن الرشد
handover-ask-hint = إذا وافق مساعد آخر أيضًا ولم يعترض أحد خلال 72 ساعة، تنتهي كل مساعدة لـ { $name }، ومساعدتك أيضًا، ويتوقف ما أُذن به حتى يؤكده { $name }.
handover-ask-then = بعد ذلك يسلّم من عنده سجل { $name } القرار إلى حاسوب خاص به. وإن لم يستطع أحد ذلك، وافق عليه من يستطيعون مساعدة { $name } في العودة.
handover-ask-alone = لا يوجد مساعد آخر ليوافق. يجب أن يُسلّم القرار من السجل نفسه.
handover-ask-yes = طلب ذلك
handover-more = لمن يبلغ سن الرشد
handover-child = هذا لطفل يبلغ سن الرشد فيقرر وحده بعد ذلك، لا لشخص بالغ يساعده آخرون.
before-title = كان مأذونًا به وأُوقف
before-hint = أذن السجل السابق بهذا، وأُوقف حين سُلّم القرار إليك. امنح من جديد ما لا تزال تريده: اطلب من كل طبيب رمزًا جديدًا.
before-runs = لم يكن هذا موقوفًا حين تسلّمت القرار. اطلب ممن لديه السجل السابق إيقافه:
before-give = منح إذن
before-card = إنشاء بطاقة طوارئ
resting-title = ينتظر تأكيدك
resting-hint = أذن به مساعدون، وهو مجمد: لا يفتحه أحد حتى تؤكده.
resting-left = تُرك مجمدًا
resting-confirm = تأكيد
resting-leave = تركه مجمدًا
resting-question = هل تسمح لـ { $name } بفتحه من جديد؟
resting-sentence = عندئذ يستطيع { $name } رؤية { $what } حتى { $when }.
given-rests-handed = بلغ صاحب السجل سن الرشد بعد هذا الإذن. يمكن فتحه من جديد حين يؤكده.
regain-of-age = يصلح الطلب نفسه حين تبلغ سن الرشد: أعطه لمن عنده سجلك ومن ساعدك حتى الآن. يسلّمونك القرار، وتؤكد أنت ما يبقى مأذونًا به.
regain-handed = سلّمه إليك الحاسوب الذي كان عليه سجلك. لا يساعد أحد بعد الآن، وما أذن به المساعدون مجمد حتى تؤكده.
regain-handed-digits = قارن هذه الأرقام مع من سلّمه إليك قبل أن تتابع:
note-handed-over = سُلّم القرار: حاسوب آخر يقرر من يساعد وما يبقى مأذونًا به.
note-handed-over-hint = القراءات لا تزال هنا. وما لا يزال هذا السجل نفسه يأذن به تجده تحت «من يرى ماذا».
helped-uses = طوارئ { $name }
helped-announced = أعلن أحدهم حالة طوارئ ببطاقة { $name }: { $reason }.
helped-opened = فُتحت قراءات { $name } في حالة طوارئ: { $reason }.
helped-uses-whose = ما يقوله { $name } هو قول صاحب السجل نفسه. وما تقوله أنت يُسجَّل لدى الأعضاء باسم مفتاحك إلى جانبه، مرة واحدة ونهائيًا، ما دامت مساعدتك سارية: ويُعتدّ به حين لا يستطيع { $name } الكلام. والجهة التي تؤكد الطبيب ترى الاعتراض.
helped-uses-stop = أعترض، وأوقف بطاقة { $name }
helped-person-right = قال { $name } إن ذلك كان صوابًا.
helped-person-object = اعترض { $name }.
helped-person-stop = اعترض { $name } وأوقف البطاقة.
helped-person-nothing = لم يقل { $name } شيئًا عن ذلك بعد.
helped-uses-seen = رأيت ذلك
note-helped-announced = { $when }: أعلن أحدهم حالة طوارئ لـ { $name }. إن لم تكن هناك حالة، يستطيع { $name } إيقاف البطاقة.
note-helped-opened = { $when }: فُتحت قراءات { $name } في حالة طوارئ.
note-helped-open = الذهاب إلى العائلة
springs-choose = لا تبدأ إلا بعد أن يقول طبيبان إنها تستطيع أن تبدأ
springs-hint = مثلًا حين لا أستطيع أن أقرر بعد. تعطيهما سؤالًا كنص، ويجيب كلاهما من حاسوبه.
springs-ask-hint = تنتظر طبيبين. أعطِ كليهما السؤال نفسه.
springs-ask = إعداد نص يسأل الطبيبين
springs-question = السؤال للطبيبين
springs-title = هل تستطيع مساعدة شخص أن تبدأ؟
springs-attest-hint = بعض الناس لا يدعون مساعدًا يتصرف عنهم إلا بعد أن يقول طبيبان إن الوقت قد حان. يصلك السؤال كنص.
springs-question-label = السؤال
springs-reads = سيقرأ { $helper } قراءات { $name } ويتيح للأطباء رؤيتها، ضمن حدود.
springs-agrees = سيوافق { $helper } عن { $name } على ما يسمح به مساعدون آخرون، أو يعترض عليه ويوقفه.
springs-by-helper = من يسألك هو { $helper } بنفسه.
springs-count = قال { $n } من { $of } من الأطباء إنها تستطيع أن تبدأ.
springs-attest = تستطيع أن تبدأ
springs-said = لقد قلت إنها تستطيع أن تبدأ. لا يمكن التراجع عن ذلك.
power-in-force = سارٍ
power-not-yet = يبدأ لاحقًا
power-awaits-clinicians = ينتظر طبيبين
power-awaits-review = ينتظر المراجعة
power-lapsed = انتهى
power-handed-over = انتهى
given-awaits-others = ينتظر مساعدًا
given-awaits-time = وقت للاعتراض
given-rests = متوقف
given-objected = اعتُرض عليه
given-agree = أوافق
given-object = أعترض
agree-title = هل توافق على إذن { $name }؟
agree-sentence = ما إن يوافق كل من يجب أن يوافق، وينتهي وقت الاعتراض، يستطيع { $name } رؤية { $what } لدى { $person } حتى { $when }.
agree-stop = يمكن إيقاف الإذن لاحقًا.
agree-yes = الموافقة على إذن { $name }
object-title = هل تعترض على إذن { $name }؟
object-sentence = لا يرى { $name } بعدها شيئًا لدى { $person } بهذا الإذن. ينتهي الإذن، وعلى من أعطاه أن يعطي إذنًا آخر.
object-yes = الاعتراض على إذن { $name }
word-final = ما تقوله يُسجَّل لدى الأعضاء مرة واحدة وإلى الأبد، ولا يمكن التراجع عنه.
change-agree-title = هل توافق على هذا التغيير لدى { $name }؟
change-agree-yes = الموافقة على هذا التغيير
change-object-title = هل تعترض على هذا التغيير لدى { $name }؟
change-object-sentence = لن يأتي هذا التغيير. وعلى من يريده أن يطلبه من جديد.
change-object-yes = الاعتراض على هذا التغيير
given-by = أذن به { $name }
given-needs = { $n ->
    [one] يجب أن يوافق مساعد واحد آخر.
    [two] يجب أن يوافق مساعدان آخران.
    [few] يجب أن يوافق { $n } مساعدين آخرين.
   *[other] يجب أن يوافق { $n } مساعدًا آخر.
}
given-ready = يمكن فتحه من { $when } ما لم يعترض أحد.
given-objector = يُعتدّ هنا باعتراض { $name } واعتراض صاحب السجل. يمكنك أن تسألهما، أو أن توقفه.
given-rests-why = من أعطاه لم يعد يساعد. يمكن فتحه من جديد حين يوافق عليه صاحب السجل.
given-opened-last = آخر فتح { $when }
change-added = سيبدأ { $name } بالمساعدة.
change-raised = سيُسمح لـ { $name } بالمزيد.
change-lowered = سيُسمح لـ { $name } بأقل.
change-removed = لن يساعد { $name } بعد ذلك.
change-reviewed = سيستمر { $name } في المساعدة.
change-rules = ستتغير القواعد التي تحدد متى يلزم أن يوافق مساعد آخر.
change-guardians = سيتغير من يستطيع المساعدة في استعادة الدخول.
change-new-key = سيوقّع صاحب السجل بحاسوب آخر.
change-handed-over = يبلغ صاحب السجل سن الرشد: تنتهي كل مساعدة.
change-from = يسري ذلك { $when } ما لم يعترض أحد.
change-needs = { $n ->
    [one] يجب أن يوافق مساعد واحد آخر.
    [two] يجب أن يوافق مساعدان آخران.
    [few] يجب أن يوافق { $n } مساعدين آخرين.
   *[other] يجب أن يوافق { $n } مساعدًا آخر.
}

## Errors: what happened; what to do
error-bad-request = شيء في النموذج ناقص أو أطول من اللازم.
    .fix = راجع ما كتبته وحاول مرة أخرى.
error-not-a-number = قيمة ناقصة أو ليست رقمًا.
    .fix = اكتبها بالأرقام، مثل 36.8.
error-out-of-range = لا يمكن أن تكون هذه القيمة صحيحة.
    .fix = راجع الرقم والوحدة.
error-not-allowed = هذا غير ممكن بهذا السجل.
    .fix = عُد إلى الشاشة الأولى وحاول من هناك.
error-locked = السجل مقفل.
    .fix = افتحه بعبارة المرور.
error-no-profile = لا يوجد سجل على هذا الحاسوب بعد.
    .fix = ابدأ من جديد لإنشاء سجل.
error-profile-exists = يوجد سجل على هذا الحاسوب بالفعل.
    .fix = افتح قفله، أو شغّل سالوس بمجلد آخر.
error-wrong-passphrase = هذا لا يفتح السجل.
    .fix = تحقق من لغة لوحة المفاتيح والأحرف الكبيرة ثم حاول مرة أخرى. مفتاح الاسترداد يفتحه أيضًا.
error-weak-passphrase = عبارة المرور سهلة التخمين أو أطول من اللازم.
    .fix = استخدم أربع كلمات أو أكثر لا صلة بينها.
error-key-mistyped = ليس هذا مفتاح الاسترداد كما ظهر.
    .fix = قارنه بورقتك مجموعةً مجموعة: كُتب حرف خطأً أو نقص حرف.
error-group-mistyped = ليس كما ظهر: { $detail }.
    .fix = تحقق مما كُتب على ورقتك. يتيح لك «إظهار المفتاح مرة أخرى» أن تقارن وتصحّح الورقة.
error-keyring-missing = لم يعد لدى حلقة مفاتيح هذا الحاسوب جزؤها من عبارة المرور.
    .fix = افتح القفل بمفتاح الاسترداد، ثم عيّن عبارة المرور من جديد في الإعدادات.
error-keyring-replaced = لدى حلقة مفاتيح هذا الحاسوب جزء غير الذي صُنعت به عبارة المرور.
    .fix = افتح القفل بمفتاح الاسترداد، ثم عيّن عبارة المرور من جديد في الإعدادات.
error-keyring-unavailable = لا تستجيب حلقة مفاتيح هذا الحاسوب، وعبارة المرور تحتاج إليها.
    .fix = افتح حلقة المفاتيح في إعدادات النظام وحاول مرة أخرى، أو استخدم مفتاح الاسترداد.
error-last-door = هذا آخر طريق للعودة إلى سجلك، لذلك يبقى.
    .fix = جهّز طريقًا آخر أولًا: مفتاح استرداد، أو أشخاصًا يستطيعون مساعدتك في العودة.
error-in-use = سالوس مفتوح بالفعل بهذا السجل.
    .fix = استخدم النافذة المفتوحة، أو أغلقها أولًا.
error-damaged = جزء من السجل المحفوظ تالف.
    .fix = ما يمكن قراءته يبقى مقروءًا. انسخ مجلد السجل الآن. وإن كانت لديك نسخة احتياطية فاستعد سجلك منها بزر «لدي نسخة احتياطية» في شاشة القفل.
error-bad-parameters = إعدادات السجل خارج الحدود الآمنة.
    .fix = إن كانت لديك نسخة احتياطية فاستعد سجلك منها بزر «لدي نسخة احتياطية» في شاشة القفل.
error-no-memory = الذاكرة المتاحة في هذا الحاسوب لا تكفي للتحقق من عبارة المرور.
    .fix = أغلق بعض البرامج الأخرى ثم حاول مجددًا. سجلك سليم.
error-disk-full = القرص ممتلئ. لم يُفقد شيء.
    .fix = أفرغ بعض المساحة، وسيواصل سالوس العمل تلقائيًا.
error-storage = تعذّرت قراءة مجلد السجل أو الكتابة فيه.
    .fix = تحقق من أن القرص متصل ومن أن لديك إذنًا بالكتابة.
error-shredded = حذفتَ قراءات هذا الوقت إلى الأبد.
    .fix = لا يمكن حفظ شيء منه أو مشاركته بعد الآن. اختر وقتًا آخر.
error-too-new = أُنشئ هذا السجل بإصدار أحدث من سالوس.
    .fix = حدّث سالوس على هذا الحاسوب.
error-record-read-only = لا يمكن الكتابة في مجلد سجلك، ولذلك لا يُخزَّن فيه شيء.
    .fix = اسمح لسالوس بالكتابة في المجلد، أو انسخ المجلد إلى قرص آخر، ثم اقفل السجل وافتحه مجددًا.
error-older-copy = هذه نسخة أقدم من سجلك، ولا يُخزَّن فيها شيء.
    .fix = أعد السجل الأحدث، أو قل في أعلى الصفحة إنك أعدت النسخة الأقدم عن قصد.
error-no-bluetooth = لا يوجد بلوتوث في هذا الحاسوب.
    .fix = وصّل محوّل بلوتوث. يتابع سالوس العمل من تلقاء نفسه.
error-bluetooth-not-allowed = لا يُسمح لسالوس باستخدام البلوتوث في هذا الحاسوب.
    .fix = اسمح له من إعدادات النظام، أو اسأل من يعتني بهذا الحاسوب. يتابع سالوس العمل من تلقاء نفسه.
error-bluetooth-off = البلوتوث مطفأ.
    .fix = شغّله من إعدادات النظام. يتابع سالوس العمل من تلقاء نفسه.
error-device-unreachable = الجهاز لا يجيب.
    .fix = شغّله وقرّبه ثم حاول مرة أخرى.
error-unknown-device = هذا الجهاز لم يعد قريبًا.
    .fix = ابحث عن الأجهزة مرة أخرى.
error-wrong-passkey = لم تكن الأرقام الستة صحيحة.
    .fix = انظر إلى الأرقام على الجهاز ثم حاول مرة أخرى. تعرض بعض الأجهزة أرقامًا جديدة كل مرة.
error-pairing-refused = لم يوافق الجهاز على الاقتران، أو قلتَ إن الأرقام مختلفة.
    .fix = ضع الجهاز في وضع الاقتران كما في كتيّبه ثم حاول مرة أخرى.
error-pairing-timed-out = لم يُجب أحد في الوقت المحدد، فتوقف الاقتران.
    .fix = أبقِ الجهاز في متناول يدك ثم حاول مرة أخرى.
error-pairing-not-available = هذا النظام يقوم بالاقتران بنفسه.
    .fix = أجب النظام حين يسأل، أو اقرن الجهاز من إعدادات النظام.
error-pairing-busy = يجري اقتران جهاز آخر.
    .fix = أكمله أو أوقفه أولًا ثم حاول مرة أخرى.
error-already-paired = هذا الجهاز مقترن من قبل.
    .fix = لا يلزم فعل شيء. يتصل متى كان مشغّلًا وقريبًا.
error-not-asked = لم يعد هناك سؤال مطروح.
    .fix = انظر إلى سطر الجهاز، وابدأ الاقتران من جديد إن طلب ذلك.
error-offline = تعذّر الوصول إلى أي عضو.
    .fix = تحقق من الاتصال بالإنترنت. قراءاتك تبقى متاحة لك.
error-too-few-members = أجاب عدد قليل جدًا من الأعضاء.
    .fix = حاول بعد بضع دقائق. قراءاتك تبقى متاحة لك.
error-members-full = لم تبقَ مساحة على حواسيب الأعضاء.
    .fix = أخبر مؤسستك أن على أحد الأعضاء أن يفسح مساحة، ثم حاول مجددًا. قراءاتك تبقى متاحة لك.
error-out-of-date = آخر تأكيد قديم جدًا، لذلك لم يُفتح شيء.
    .fix = تحقق من الاتصال بالإنترنت ومن ساعة هذا الحاسوب.
error-wrong-genesis = قائمة الأعضاء ليست القائمة الصحيحة: لا تطابق هذا السجل، أو لا تطابق الأعضاء الذين يجيبون.
    .fix = لا تتابع. اطلب القائمة الصحيحة من مؤسستك. تبقى قراءاتك متاحة لك.
error-anchor-expired = مضى على قائمة الأعضاء أكثر من 30 يومًا، ولم يتواصل هذا الحاسوب مع الأعضاء طوال هذه المدة. لذلك لا يمكن إثبات أي شيء جديد.
    .fix = اطلب من أحد الأعضاء شخصيًا قائمة جديدة، وضعها مكان القائمة القديمة، ثم شغّل Salus من جديد. تبقى قراءاتك متاحة لك.
error-clock-skew = ساعة هذا الحاسوب غير صحيحة.
    .fix = اضبط التاريخ والوقت من إعدادات النظام ثم حاول مرة أخرى.
error-proof-failed = لم يصحّ أحد الإثباتات، لذلك لم يُستخدم.
    .fix = حاول مرة أخرى. إن تكرر ذلك فأخبر مؤسستك.
error-segment-altered = غيّر أحدٌ جزءًا محفوظًا من السجل، لذلك لم يُفتح.
    .fix = حاول لاحقًا، فقد تكون نسخة أخرى سليمة. وإلا فاطلب من المريض المشاركة من جديد.
error-header-altered = غُيّر أحد قيود الأعضاء في الطريق، لذلك لم يُستخدم.
    .fix = حاول مرة أخرى. إن تكرر ذلك فأخبر مؤسستك.
error-reply-altered = كانت إجابة أحد الأعضاء خاطئة ولم تُستخدم. { $detail }
    .fix = حاول مرة أخرى. قد يكفي باقي الأعضاء.
error-bad-code = هذا ليس رمز سالوس كاملًا.
    .fix = انسخ الرمز كله من أول حرف إلى آخر حرف، أو استخدم الملف.
error-not-attested = لا يؤكد أيُّ عضو هذا الطبيب.
    .fix = لا تشارك. اطلب من الطبيب رمزًا جديدًا من مؤسسته. وإن كان الأمر يخصّك فاطلب من مؤسستك أن تؤكدك.
error-unknown-permission = هذا الإذن غير معروف هنا.
    .fix = عُد إلى القائمة واختر من جديد.
error-not-yet = لم يبدأ هذا الإذن بعد.
    .fix = عُد عندما يبدأ.
error-ended = انتهى هذا الإذن.
    .fix = لا يستطيع أحد فتح قراءات جديدة به. اطلب من المريض إذنًا جديدًا إن كنت لا تزال تحتاجه.
error-stopped = أوقف المريض هذا الإذن.
    .fix = لا يستطيع أحد فتح قراءات جديدة به. تحدث إلى المريض إن كنت لا تزال تحتاج إلى رؤيتها.
error-outside-hours = يسمح المريض بفتح هذا في ساعات معيّنة فقط.
    .fix = يُفتح من جديد عند { $detail }.
error-before-appointment = يسمح المريض بفتح هذا حول موعد فقط، ولم يحن بعد.
    .fix = يُفتح في { $detail }.
error-after-appointment = سمح المريض بفتح هذا حول موعد فقط، وقد انقضى.
    .fix = اطلب من المريض إذنًا جديدًا إن كنت لا تزال تحتاجه.
error-needs-second = لا يسمح المريض بفتح هذا إلا مع طبيب ثانٍ.
    .fix = اطلب من طبيب آخر أن يوافق، ثم ألصق جوابه هنا.
error-bad-second = هذا لا يُعدّ موافقة من طبيب ثانٍ.
    .fix = ألصق النص كاملًا كما أُرسل. ويجب أن يكون الموافِق طبيبًا أكّده أحد الأعضاء، وأن تكون موافقته على هذا الفتح.
error-second-is-yourself = أنت من طلب هذا.
    .fix = يجب أن يوافق طبيب آخر.
error-condition-denies = شرط الإذن لا يسمح بفتح هذا الآن.
    .fix = انظر في صندوق الوارد ما يطلبه الإذن، ثم حاول عندما يتحقق.
error-off-duty = هذا للمناوبين، ولست مناوبًا هناك الآن.
    .fix = اطلب من مؤسستك أن تضعك في المناوبة، ثم افتحه مرة أخرى.
error-outside-scope = هذا لا يشمله الإذن.
    .fix = اطلب من المريض إذنًا يشمله.
error-target-missing = المجلد المخصص له غير موجود.
    .fix = صل قرصه بالحاسوب أو اختر مجلدًا آخر.
error-target-read-only = لا يمكن الكتابة هناك.
    .fix = تحقق هل القرص محمي من الكتابة، أو اختر مجلدًا آخر.
error-target-full = ذلك القرص ممتلئ. ما كان عليه باقٍ.
    .fix = أفرغ مكانًا عليه أو اختر مجلدًا آخر ثم حاول مرة أخرى.
error-no-backup-key = لا يمكن إنشاء نسخ احتياطية بعد: لا يعرف سالوس أي مفتاح استرداد سيفتحها.
    .fix = اكتب مفتاح الاسترداد مرة تحت «النسخ الاحتياطية»، «الاختبار بالورقة».
error-backup-not-verified = تعذّرت قراءة النسخة الاحتياطية كاملة بعد كتابتها فأُزيلت، والنسخ السابقة باقية.
    .fix = حاول مرة أخرى. إن تكرر ذلك فربما يتلف القرص: اختر مجلدًا آخر.
error-backup-not-removed = أُنشئت نسخة احتياطية جديدة، لكن تعذّرت إزالة نسخة أقدم ما زالت تضم قراءات حذفتها نهائيًا أو تُفتح بحصص أشخاص استبدلتهم.
    .fix = تحقق من أن لك صلاحية تغيير المجلد، أو أزل الملفات الأقدم منه بنفسك.
error-backup-unreadable = لا يمكن قراءة النسخة الاحتياطية من قرصها.
    .fix = تحقق من وصل القرص ومن أنه يُسمح لك بقراءة الملف، أو استخدم نسخة أخرى.
error-not-a-backup = هذا الملف ليس نسخة احتياطية من سالوس.
    .fix = اختر ملفًا يبدأ اسمه بـ «salus» وينتهي بـ «.age».
error-wrong-recovery-key = مفتاح الاسترداد هذا لا يفتحها.
    .fix = قارنه بورقتك مجموعةً مجموعة. تُفتح النسخة بمفتاح الاسترداد الذي كان يوم إنشائها.
error-backup-altered = هذه النسخة ناقصة أو تغيّرت. لم يُستخدم شيء منها.
    .fix = استخدم نسخة أخرى. إن كنت قد نقلتها فانقلها من قرصها مرة أخرى.
error-too-few-parts = لم يعد بعد عدد كافٍ من الحصص المطابقة.
    .fix = اطلب من الذين وافقوا أن يفتحوا سالوس، وانتظر حتى تصل حصصهم.
error-parts-other-backup = هذه الحصص لا تفتح هذه النسخة الاحتياطية. لم يُستخدم شيء منها.
    .fix = اختر نسخة من هذا السجل أُنشئت بعد أن سمّيت هؤلاء الأشخاص. الأحدث أفضل.
error-busy = ما زال عمل آخر جاريًا.
    .fix = انتظر حتى ينتهي أو أوقفه ثم حاول مرة أخرى.
error-bad-card = هذه ليست بطاقة طوارئ كاملة، أو فيها حرف خطأ.
    .fix = التقط صورة أخرى، أو قارن النص بالبطاقة مجموعةً مجموعة. يبدأ بـ SE1.
error-old-card = بطاقة الطوارئ هذه من نوع أقدم. لا تبيّن لمن القراءات التي تخصها، ولذلك لا يفتحها سالوس.
    .fix = اتصل بمن تذكره البطاقة. يستطيع صاحبها إنشاء بطاقة جديدة في «بطاقة الطوارئ» وطباعتها.
error-card-of-another = وضع أحدهم خلف هذه البطاقة قراءات ليست ممن أنشأها. لم يُفتح شيء منها.
    .fix = لا تعتمد عليها. اتصل بمن تذكره البطاقة، وأخبر صاحبها أن ينشئ بطاقة جديدة.
error-emergency-waits = الوقت مبكر جدًا لتفتح هذا وحدك.
    .fix = أعلن حالة الطوارئ وانتظر نصف ساعة، أو اطلب الآن موافقة طبيب ثانٍ.
error-emergency-over = انتهت الساعات الأربع لهذه الحالة.
    .fix = اطلب إذنًا من المريض أو ممن يرعى سجله.
error-too-many = طلبات كثيرة في وقت واحد.
    .fix = انتظر دقيقة ثم حاول مرة أخرى.
error-too-large = هذا أكبر من المسموح.
    .fix = تحقق من أنك اخترت الملف الصحيح.
error-beyond-power = هذا يتجاوز ما يُسمح لك بالإذن به.
    .fix = انظر إلى حدودك تحت «العائلة»، واختر قراءات أقل أو مدة أقصر.
error-other-clinician = لا يُسمح لك بأن تعرضها لهذا الطبيب.
    .fix = يُسمح لك بأن تعرضها لـ: { $detail }. لغيرهم اسأل صاحب السجل.
error-not-yours = ليس لك أن تفعل هذا.
    .fix = انظر تحت «العائلة» إلى ما يُسمح لك به، واسأل صاحب السجل أو مساعدًا آخر.
error-power-not-in-force = صلاحيتك لا تسري الآن: لم تبدأ أو انتهت أو تنتظر المراجعة.
    .fix = اسأل الشخص الذي تساعده.
error-change-waits = ينتظر تغيير آخر فيمن يساعد.
    .fix = انتظر حتى يسري أو اعترض عليه، ثم حاول مرة أخرى.
error-nothing-waits = لم يعد هذا ينتظر، أو قلتَه من قبل.
    .fix = لا يلزم فعل شيء. انظر إلى القائمة مرة أخرى.
error-family-changed = تغيّر من يساعد في هذه الأثناء.
    .fix = انظر من جديد إلى ما هو موجود الآن، ثم قرّر.
error-bad-family-code = هذا ليس رمز عائلة كاملًا من سالوس.
    .fix = انسخ الرمز كله من أول حرف إلى آخر حرف، أو استخدم الملف.
error-bad-recovery-text = هذا ليس النص المطلوب هنا، أو أنه غير كامل.
    .fix = انسخ النص كاملًا، من أول حرف إلى آخره، وضعه حيث يُطلب.
error-code-asks = هذا الرمز يطلب قراءات، ولا يجيب عن ذلك إلا صاحب القراءات نفسه.
    .fix = اطلب من الطبيب رمزًا لا يطلب شيئًا.
error-code-used = استخدم أحدهم هذا الرمز من قبل، فلا يُسحب.
    .fix = أغلق هذا السؤال: ما أُعطي لك موجود في قوائمك، ويستطيع من أعطاه إنهاءه.
error-nothing-yet = لا شيء محفوظ لهذا بعد.
    .fix = انتظر وصول أولى القراءات ثم حاول مرة أخرى.
error-declined = قلتَ لا. لم يُوقَّع شيء.
    .fix = لا يلزم فعل شيء.
error-cancelled = أُلغي هذا.
    .fix = ابدأ من جديد متى شئت.
error-internal = حدث خطأ داخل سالوس.
    .fix = أغلق سالوس وافتحه من جديد. إن تكرر ذلك فأرسل إلينا السجل.

## عدة حواسيب محمولة وسجل واحد
laptops-title = حواسيبي
laptops-short = يمكنك أن تحفظ سجلًا واحدًا على عدة حواسيب محمولة: كل منها يخزّن القراءات، ويمنح الأذونات ويوقفها.
laptops-open = عرض حواسيبي
laptops-sentence = يمكن أن يكون سجلك على عدة حواسيب محمولة. كل منها يخزّن ما يُقاس عليه، وتتناقل ذلك فيما بينها عبر الأعضاء، مختومًا بحيث لا تقرؤه إلا حواسيبك.
laptops-back-hint = إن كان الحاسوب الأول قد فُقد فقد أُخرج هذا الحاسوب معه. اعرض رمزًا هنا، وقارن ستة أرقام مع الحاسوب الأول الجديد، ليعود إلى السجل.
laptops-removed-here = أُزيل هذا الحاسوب من السجل في { $when }. ما قرأه يبقى مقروءًا هنا؛ ولا يأتي جديد، ولا يمنح إذنًا ولا يوقفه بعد ذلك.
laptops-history-title = نقل السجل إلى هنا
laptops-coming = بقي من السجل { $left } من الأجزاء؛ ووصل منها { $taken }. الأحدث يصل أولًا. ويستمر ذلك من تلقاء نفسه ما دام هذا السجل مفتوحًا.
laptops-paused = أوقفتَ النقل: وصل { $taken } من الأجزاء، وبقي { $left }.
laptops-whole = كل ما أرسله الحاسوب الآخر موجود هنا.
laptops-can-give = { $n ->
    [0] لا يستطيع هذا الحاسوب أن يمنح إذنًا حتى يعمل الحاسوب الأول من جديد.
    [one] يستطيع هذا الحاسوب أن يمنح إذنًا واحدًا بعد، ثم يلزم أن يعمل الحاسوب الأول.
    [two] يستطيع هذا الحاسوب أن يمنح إذنين بعد، ثم يلزم أن يعمل الحاسوب الأول.
    [few] يستطيع هذا الحاسوب أن يمنح { $n } أذونات بعد، ثم يلزم أن يعمل الحاسوب الأول.
   *[other] يستطيع هذا الحاسوب أن يمنح { $n } إذنًا بعد، ثم يلزم أن يعمل الحاسوب الأول.
}
laptops-sync = مطابقة الحاسوبين الآن
laptops-syncing = جارٍ نقل الجديد
laptop-first = الحاسوب الأول
laptop-nameless = حاسوب بلا اسم
laptop-this = هذا الحاسوب
laptop-from-first = تُضاف الحواسيب الأخرى وتُزال على هذا الحاسوب.
laptop-added = أُضيف في { $date }
laptop-seen = آخر خبر منه في { $date }
laptop-removed = أُزيل في { $when }
laptop-not-shut-out = لم يؤكد الأعضاء بعد أنه لم يعد يمنح شيئًا ولا يوقفه. وهو لا يفتح أي جديد منذ الآن؛ وسيواصل سالوس سؤالهم.
laptop-rename = تغيير الاسم
laptop-rename-yes = حفظ الاسم
laptop-rename-no = إبقاء الاسم القديم
laptop-name = اسم الحاسوب
laptop-remove = إزالة
laptop-remove-title = إزالة { $name }؟
laptop-remove-what = لا يستطيع فتح ما تقيسه على هذا الحاسوب من الآن، ولا ما تقيسه على حواسيبك الأخرى بعد أن يُفتح Salus عليها من جديد. ومتى سجّل الأعضاء إزالته، فورًا أو حين يتصل هذا الحاسوب بالشبكة من جديد، فلا يمنح إذنًا ولا يوقفه، وتتوقف بطاقة الطوارئ التي صُنعت عليه.
laptop-remove-not = ما قيس من قبل يبقى مقروءًا عليه، حتى ما لا يعرضه بعد: لا يمكن استرجاع ذلك. ولا يعود إلا بإضافته من جديد.
laptop-gave = مُنحت عليه هذه الأذونات:
laptop-keep = منحها من جديد من هذا الحاسوب لتستمر
laptop-keep-why = بالشروط نفسها، لأطباء يؤكدهم أحد الأعضاء. اترك هذا إن سُرق الحاسوب: عندئذ لا تفتح هذه الأذونات شيئًا مما يُقاس من ذلك الحين.
laptop-remove-yes = إزالة هذا الحاسوب
laptop-remove-no = إبقاؤه
laptop-passphrase = عبارة المرور مرة أخرى
laptops-add-title = إضافة حاسوب
laptops-add-hint = على الحاسوب الجديد ابدأ سجلًا في سالوس، وافتح هناك «حواسيبي»، واجعله يعرض رمزه. ثم اكتب كلماته الاثنتي عشرة هنا، أو خذها من صورة لتلك الشاشة.
laptops-code = الكلمات الاثنتا عشرة التي يعرضها الحاسوب الجديد
laptops-code-hint = تكفي الأحرف الأربعة الأولى من كل كلمة، مع مسافة بين الكلمات. وهي بالأحرف اللاتينية.
laptops-heard = ما فُهم
laptops-heard-some = { $n } من 12 كلمة.
laptops-heard-all = الكلمات الاثنتا عشرة كلها موجودة.
laptops-heard-more = هنا أكثر من اثنتي عشرة كلمة.
laptops-heard-unknown = الكلمة { $n } «{ $word }» ليست في قائمة الكلمات. قارنها بالشاشة الأخرى.
laptops-heard-meant = الكلمة { $n } «{ $word }» ليست في قائمة الكلمات. هل تقصد «{ $meant }»؟
laptops-code-file = أو اختر الملف الذي فيه الرمز
laptops-read = قراءة الرمز
laptops-join-title = جعل هذا الحاسوب حاسوبًا آخر لسجل
laptops-join-hint = لا شيء في هذا السجل بعد، فيمكن أن يصبح حاسوبًا آخر لسجل لك في مكان آخر. ويحتفظ هذا الحاسوب بعبارة مروره ومفتاح استرداده.
laptops-show = عرض الرمز
laptops-own-code = رمز هذا الحاسوب: اثنتا عشرة كلمة
laptops-wait-new = اكتب هذه الكلمات على الحاسوب الآخر، تحت «حواسيبي»، أو خذها هناك من صورة لهذه الشاشة. وهي صالحة حتى { $when }.
laptops-wait-old = في انتظار الحاسوب الجديد. يجب أن يكون مشغَّلًا وسالوس مفتوحًا عليه.
laptops-compare = يعرض الحاسوبان الآن ستة أرقام. انظر إليهما معًا: أهي نفسها؟
laptops-agreed = قلتَ إن الأرقام هي نفسها. في انتظار الحاسوب الآخر.
laptops-broken = لم ينجح ذلك: انتهت صلاحية الرمز، أو أجاب عنه شخص آخر. ولم يُسلَّم شيء.
laptops-whose = يقول الحاسوب الآخر إن هذا سجل { $name }.
laptops-will = سيقرأ الحاسوب الجديد كل ما في سجلك، ويخزّن القراءات، ويمنح الأذونات ويوقفها، إلى أن تزيله. إن اختلفت الأرقام فألغِ.
laptops-same = هي نفسها
laptops-same-add = هي نفسها: أضف الحاسوب
laptops-cancel = إلغاء
laptops-again = البدء من جديد
lost-step-laptop = أكان أحد حواسيبك الأخرى؟ أزِله
lost-step-laptop-why = عندئذ لا يفتح شيئًا مما يُقاس من ذلك الحين، ولا يمنح إذنًا ولا يوقفه. وتبدأ معه مفاتيح جديدة.
error-bad-laptop-code = هذا ليس رمزًا كاملًا لحاسوب آخر.
    .fix = اكتب الكلمات الاثنتي عشرة التي يعرضها الحاسوب الجديد، أو استخدم ملفه أو صورة لشاشته.
error-unknown-word = الكلمة { $detail } ليست في قائمة الكلمات التي تُصنع منها الرموز.
    .fix = قارنها بالشاشة الأخرى. تكفي الأحرف الأربعة الأولى من كل كلمة.
error-word-count = في الرمز اثنتا عشرة كلمة. عدد الكلمات هنا: { $detail }.
    .fix = اكتب كل كلمة تعرضها الشاشة الأخرى، مع مسافة بين الكلمات.
error-words-wrong = هذه الكلمات الاثنتا عشرة لا ينتمي بعضها إلى بعض: إحداها خاطئة، أو ليست في ترتيبها.
    .fix = قارنها بالشاشة الأخرى، كلمةً كلمة.
error-no-laptop-there = لا حاسوب ينتظر بهذا الرمز.
    .fix = قارن الكلمات بالشاشة الأخرى، وأعد المحاولة بعد قليل. يجب أن يكون الحاسوبان متصلين بالشبكة. وإن انتهت صلاحية الرمز هناك فليعرض رمزًا جديدًا.
error-pairing-broken = لم يتعارف الحاسوبان: شيء بينهما لم يتطابق.
    .fix = ألغِ على كليهما، واجعل الحاسوب الجديد يعرض رمزًا جديدًا، وقارن الأرقام من جديد. لم يُسلَّم شيء.
error-not-compared = لم يعرض الحاسوبان أرقامهما بعد.
    .fix = أبقِ سالوس مفتوحًا على كليهما، وانتظر الأرقام، وقارنها.
error-laptop-removed = أُزيل هذا الحاسوب من السجل.
    .fix = ما قرأه يبقى مقروءًا. ولاستخدامه من جديد أضفه مرة أخرى على الحاسوب الأول.
error-needs-other-laptop = لا يستطيع هذا الحاسوب فعل ذلك قبل أن يعمل الحاسوب الأول من جديد.
    .fix = افتح سجلك على الحاسوب الأول، وانتظر دقيقة، ثم أعد المحاولة. أو افعله هناك.
error-other-laptop-only = لا يمكن فعل ذلك إلا على الحاسوب الأول.
    .fix = افتح سجلك على الحاسوب الذي أُضيفت عليه الحواسيب الأخرى.
error-laptop-taken = لا يمكن أن يصبح هذا حاسوبًا آخر، أو أن في السجل أكبر عدد ممكن من الحواسيب.
    .fix = ابدأ سجلًا جديدًا على هذا الحاسوب. يمكن أن يكون للسجل ثمانية حواسيب في المجموع، وما أُزيل منها محسوب.
error-holds-readings = في هذا السجل قراءات بالفعل.
    .fix = ابدأ سجلًا آخر إلى جانبه، من الإعدادات، واجعل ذاك ينضم.

## clinical: summaries by published conventions
clinical-glance = نظرة سريعة
clinical-daily = لا تُشارَك إلا ملخصات يومية، أما متوسط أسبوع في المنزل ونمط الغلوكوز والتغيّر بين النبضات فتحتاج إلى القراءات نفسها.
clinical-reader-clock = الصباح والمساء والأيام بحسب ساعة هذا الحاسوب.
clinical-this-week = هذا الأسبوع
clinical-in-days = في الأيام من { $span }
clinical-today = اليوم
clinical-yesterday = أمس
clinical-on-date = يوم { $date }
clinical-no-finding = هذه أرقام وليست تشخيصًا.
clinical-no-usual = لا يمكن بعدُ معرفة المعتاد، فالموجود هو: { $there }.
clinical-next-pressure = الخطوة التالية: قِس مرتين صباحًا ومرتين مساءً وأنت جالس بهدوء، سبعة أيام متتالية.
clinical-short-pressure = لا تكفي القراءات لمتوسط أسبوع في المنزل ({ $span })، فالموجود هو: { $there }.
clinical-short-glucose = لا تكفي القراءات لنمط الغلوكوز ({ $span })، فالموجود هو: { $there }.
clinical-short-variability = لا تكفي النبضات للمقارنة بين الأيام ({ $span })، فالموجود هو: { $there }.
lack-pressure-readings = { $have } من { $need } قراءة صباحية ومسائية بعد اليوم الأول
lack-pressure-days = { $have } من { $need } أيام بعد اليوم الأول
lack-sensor-active = قيم من المستشعر في { $have } % من الوقت، والمطلوب { $need } %
lack-beat-windows = لا توجد خمس دقائق بحسب الساعة (مثل 8:00 إلى 8:05) فيها نبضات كافية اليوم أو أمس؛ وعشر دقائق متتالية تضمها دائمًا
lack-beat-hours = { $have } من { $need } ساعة من النبضات في يوم واحد
lack-night-hours = { $have } من { $need } ساعات من النبضات بين منتصف الليل والسادسة صباحًا
lack-earlier-days = { $have } من { $need } أيام سابقة فيها قراءات
lack-respiration = معدل تنفس من الساعة نفسها
lack-saturation = تشبّع بالأكسجين من الساعة نفسها
lack-systolic = ضغط دم من الساعة نفسها
lack-pulse = نبض من الساعة نفسها
lack-temperature = درجة حرارة من الساعة نفسها
lack-alertness = مدى وعي الشخص
lack-breathing = ما كان الشخص يتنفسه
clinical-pressure-own = كان متوسط ضغط دمك { $when } هو { $mean }.
clinical-pressure-usual = كان ضغط دمك { $when } معتادًا بالنسبة إليك: { $mean }.
clinical-pressure-above = كان ضغط دمك { $when } أعلى من المعتاد بالنسبة إليك: { $mean }.
clinical-pressure-below = كان ضغط دمك { $when } أدنى من المعتاد بالنسبة إليك: { $mean }.
clinical-pressure-mixed = كانت إحدى قيمتَي ضغط دمك { $when } أعلى من المعتاد بالنسبة إليك والأخرى أدنى منه: { $mean }.
clinical-pressure-high = يُسمّى متوسط أسبوع في المنزل مرتفعًا إذا بلغ { $limit } أو أكثر. تحدّث مع طبيبك في ذلك.
clinical-pressure-not-high = هو دون { $limit }، وهو الحد الذي يُسمّى متوسط أسبوع في المنزل مرتفعًا إذا بلغه.
clinical-pressure-parts = متوسط { $n } قراءة في { $days } أيام: { $morning } صباحًا و{ $evening } مساءً.
clinical-pressure-mean-below = متوسط { $n } قراءة في { $days } أيام هو { $mean }؛ صباحًا { $morning } ومساءً { $evening }؛ دون { $limit }.
clinical-pressure-mean-high = متوسط { $n } قراءة في { $days } أيام هو { $mean }؛ صباحًا { $morning } ومساءً { $evening }؛ بلغ { $limit } أو جاوزه.
clinical-pressure-rule = { $span }، وفق قاعدة الجمعية الأوروبية لارتفاع ضغط الدم: يُترك اليوم الأول، وتُحسب قراءتان من كل صباح وكل مساء؛ وهما هنا أول قراءتين من 04:00 إلى 12:00 ومن 16:00 إلى 04:00.
clinical-pressure-pulse = النبض { $value }.
clinical-pressure-irregular = { $n ->
    [one] رأى الجهاز نبضًا غير منتظم في قراءة واحدة منها، وهي محسوبة.
    [two] رأى الجهاز نبضًا غير منتظم في قراءتين منها، وهما محسوبتان.
    [few] رأى الجهاز نبضًا غير منتظم في { $n } قراءات منها، وهي محسوبة.
    [many] رأى الجهاز نبضًا غير منتظم في { $n } قراءة منها، وهي محسوبة.
   *[other] رأى الجهاز نبضًا غير منتظم في { $n } قراءة منها، وهي محسوبة.
}
clinical-pressure-left-out = ما تُرك: من اليوم الأول { $first }، وما زاد على أول قراءتين في صباح أو مساء { $beyond }، وفي أوقات أخرى من اليوم { $other }، وما يشك فيه الجهاز نفسه { $doubted }.
clinical-pressure-own-days = في { $days } من الأيام الثمانية والعشرين السابقة كان النصف الأوسط { $systolic } على { $diastolic }.
clinical-glucose-own = كان الغلوكوز لديك بين 70 و180 ملغ/دل (3.9 و10.0 مليمول/ل) في { $share } مما قاسه المستشعر في الأيام الأربعة عشر الأخيرة.
clinical-glucose-other = ضمن النطاق (من 70 إلى 180 ملغ/دل، أي من 3.9 إلى 10.0 مليمول/ل) في { $share } من قيم المستشعر في أربعة عشر يومًا.
clinical-glucose-mean = المتوسط { $mean } ({ $molar })؛ مؤشر إدارة الغلوكوز { $gmi } % ({ $gmi_molar } مليمول/مول)؛ معامل التغيّر { $variation } %.
clinical-glucose-rule = وفق الإجماع الدولي على الوقت ضمن النطاق (2019). أعطى المستشعر قيمًا في { $active } من الوقت، كل { $minutes } دقيقة تقريبًا: حُسب منها { $n } وتُرك { $left } لأن المستشعر يشك فيها أو لأنها جاءت مرتين.
clinical-glucose-limits = بوحدة مليمول/ل حدود النطاقات هي 3.0 و3.9 و10.0 و13.9. الأهداف ليست للحمل، ففيه يمتد النطاق من 63 إلى 140 ملغ/دل (من 3.5 إلى 7.8 مليمول/ل). ومؤشر إدارة الغلوكوز محسوب من المتوسط، وليس تحليل HbA1c من مختبر.
clinical-ranges = الوقت في كل نطاق، { $span }
clinical-range-very-high = مرتفع جدًا، فوق 250 ملغ/دل
clinical-range-high = مرتفع، من 181 إلى 250 ملغ/دل
clinical-range-in = ضمن النطاق، من 70 إلى 180 ملغ/دل
clinical-range-low = منخفض، من 54 إلى 69 ملغ/دل
clinical-range-very-low = منخفض جدًا، دون 54 ملغ/دل
clinical-goals-for = أهداف من
clinical-goals-adult = أهداف معظم البالغين
clinical-goals-older = أهداف كبار السن أو الضعفاء
clinical-goal-met = تحقق
clinical-goal-not-met = لم يتحقق
clinical-goal-in = ضمن النطاق في أكثر من { $bound } من الوقت: { $share }،
clinical-goal-below = دون 70 ملغ/دل في أقل من { $bound }: { $share }،
clinical-goal-very-low = دون 54 ملغ/دل في أقل من { $bound }: { $share }،
clinical-goal-above = فوق 180 ملغ/دل في أقل من { $bound }: { $share }،
clinical-goal-very-high = فوق 250 ملغ/دل في أقل من { $bound }: { $share }،
clinical-goal-variation = تغيّر لا يزيد على { $bound }: { $share }،
clinical-profile-label = الغلوكوز بحسب وقت اليوم، عدد أنصاف الساعات { $n }. استخدم السهمين الأيمن والأيسر لقراءتها واحدًا واحدًا.
clinical-profile-hint = اختر الصورة واستخدم مفاتيح الأسهم لقراءة كل نصف ساعة.
clinical-profile-at = من { $from } إلى { $to }: الوسيط { $median }، النصف الأوسط { $half }، تسع قيم من عشر { $most }، من { $n } قيمة
clinical-profile-median = الوسيط
clinical-profile-half = النصف الأوسط من القيم
clinical-profile-most = تسع قيم من عشر
clinical-profile-gaps = { $n ->
    [one] تُرك نصف ساعة واحد فارغًا، لأن الأيام التي فيها قيم عندئذ أقل من { $days }.
   *[other] تُرك { $n } من أنصاف الساعات فارغًا، لأن الأيام التي فيها قيم عندئذ أقل من { $days }.
}
clinical-profile-table = الغلوكوز بحسب وقت اليوم في جدول
clinical-profile-caption = النسب المئينية لجميع الأيام بحسب وقت اليوم، بوحدة { $unit }
clinical-profile-time = من
clinical-profile-percentile = المئين { $p }
clinical-beats-usual = كان التغيّر بين نبضاتك { $when } معتادًا بالنسبة إليك: { $value } ملي ثانية.
clinical-beats-above = كان التغيّر بين نبضاتك { $when } هو { $value } ملي ثانية، فوق المعتاد لديك من { $low } إلى { $high } ملي ثانية.
clinical-beats-below = كان التغيّر بين نبضاتك { $when } هو { $value } ملي ثانية، دون المعتاد لديك من { $low } إلى { $high } ملي ثانية.
clinical-beats-alone = التغيّر بين نبضة وأخرى (RMSSD) { $when }: { $value } ملي ثانية.
clinical-beats-own-days = RMSSD { $value } ملي ثانية { $when }؛ وسيط الشخص نفسه { $median } ملي ثانية، والنصف الأوسط من { $low } إلى { $high } ملي ثانية في { $days } من الأيام الثمانية والعشرين السابقة.
clinical-beats-heart = قيمة RMSSD لنبضات القلب، متوسط نوافذ مدتها { $minutes } دقائق يصلح منها { $least } % على الأقل.
clinical-beats-pulse = قيمة RMSSD لموجات النبض (مستشعر ضوئي)، متوسط نوافذ مدتها { $minutes } دقائق يصلح منها { $least } % على الأقل.
clinical-beats-windows = { $n ->
    [one] نافذة واحدة؛ واستُبعد { $percent } % من الفواصل لأنها تشويش.
   *[other] عدد النوافذ { $n }؛ واستُبعد { $percent } % من الفواصل لأنها تشويش.
}
clinical-beats-device = القياس بجهاز { $device }.
clinical-beats-others = { $n ->
    [one] قاس جهاز آخر أيضًا، ولا تُخلط قيمه بهذه.
   *[other] قاست أجهزة أخرى أيضًا وعددها { $n }، ولا تُخلط قيمها بهذه.
}
clinical-sdnn = قيمة SDNN على مدى 24 ساعة (استُخدمت منها 18 ساعة على الأقل، والليل من ضمنها)، { $date }: { $value } ملي ثانية؛ واستُبعد { $percent } % من الفواصل لأنها تشويش.
clinical-no-sdnn = لا تكفي النبضات لقيمة SDNN على مدى 24 ساعة، فالموجود هو: { $there }.
news-title = درجة الإنذار المبكر (NEWS2)
news-typed = هذه لا يخبر بها أي مستشعر. اكتبها كما كانت وقت القراءات أعلاه.
news-alertness = ما مدى وعي الشخص؟
news-choose = اختر من فضلك
news-is-alert = واعٍ
news-is-confused = مشوش الذهن حديثًا
news-is-voice = يستجيب للصوت
news-is-pain = يستجيب للألم
news-is-unresponsive = لا يستجيب
news-breathing = ماذا كان الشخص يتنفس؟
news-air = الهواء
news-oxygen = الأكسجين
news-scale = مقياس التشبّع بالأكسجين
news-scale-one = المقياس 1
news-scale-two = المقياس 2: الهدف من 88 إلى 92 %، لفشل التنفس المؤكد المصحوب بفرط ثاني أكسيد الكربون فقط
news-score = احسب الدرجة
news-is = درجة NEWS2: { $total }، { $risk }
news-low = خطر منخفض
news-low-medium = خطر منخفض إلى متوسط: 3 نقاط في معيار واحد
news-medium = خطر متوسط
news-high = خطر مرتفع
news-points = النقاط: { $list }.
news-part-respiration = التنفس
news-part-saturation = التشبّع
news-part-breathing = الهواء أو الأكسجين
news-part-systolic = الضغط الانقباضي
news-part-pulse = النبض
news-part-alertness = الوعي
news-part-temperature = الحرارة
news-when = من قراءات { $span }.
news-short = لا تُحسب درجة ناقصة. ينقص: { $there }.
news-vitals = أحدث قيمة لكل علامة حيوية
news-no-vitals = لا شيء من العلامات الحيوية في ما فُتح.
news-in-set = من الساعة نفسها كغيرها
news-not-in-set = ليست من الساعة نفسها، أو أقدم من 12 ساعة
news-limits = وفق جدول الكلية الملكية للأطباء، 2017. ليس لمن هم دون 16 سنة ولا للحوامل. والدرجة ليست تشخيصًا، ولا تغني عن النظر إلى الشخص نفسه.

## clinician: inbox, patients, an opened record, notes back
nav-patients = المرضى
inbox-soon = تنتهي خلال 3 أيام
inbox-flagged = عليها علامة
inbox-counts = للنظر فيها: { $list }.
inbox-mark-both = جديد · ينتهي بعد { $length }
inbox-mark-soon = ينتهي بعد { $length }
inbox-count-soon = { $n ->
    [one] إذن واحد ينتهي خلال 3 أيام
    [two] إذنان ينتهيان خلال 3 أيام
    [few] { $n } أذون تنتهي خلال 3 أيام
   *[other] { $n } إذنًا تنتهي خلال 3 أيام
}
inbox-count-flagged = { $n ->
    [one] إذن واحد عليه علامة
    [two] إذنان عليهما علامة
    [few] { $n } أذون عليها علامة
   *[other] { $n } إذنًا عليها علامة
}
flag = علامة
flag-set = عليه علامة
flag-whose = علامة على { $name }
patients-title = المرضى
patients-search = البحث بالاسم أو الملاحظة أو نوع القراءة
patients-over = إظهار ما انتهى
patients-shown = المعروض { $shown } من { $total }، والترتيب حسب: { $by }، { $order }.
patients-ascending = الأدنى أولًا
patients-descending = الأعلى أولًا
patients-a-to-z = من الألف إلى الياء
patients-z-to-a = من الياء إلى الألف
patients-oldest = الأقدم أولًا
patients-newest = الأحدث أولًا
patients-none-found = لا شيء يطابق ما كتبته. جرّب كلمات أقل.
patients-name = المريض
patients-last = آخر قراءة
patients-coverage = أيام فيها قراءات
patients-range = مقارنةً بالنطاق
patients-left = المدة الباقية
patients-acts = ما يمكنك فعله
patients-until = حتى { $when }
patients-open = فتح
patients-open-whose = قراءات { $name }
patients-days = { $n } من { $total } من الأيام
patients-range-short = الأيام أقل من أن تُقارن
patients-kept = آخر قراءة والأيام والنطاقات هي ما رأيته حين فتحت السجل منذ إلغاء القفل. تزول عند القفل، وتبقى العلامات على هذا الحاسوب.
patients-unopened = لم يُفتح شيء منذ إلغاء القفل، فلا تُعرف هنا آخر قراءة ولا الأيام ولا النطاق. افتح سجلًا لتراها؛ وسيرى المريض أنك فتحته.
patients-apart = كل سطر إذن واحد. قد يكون الشخص نفسه قد منحك أكثر من إذن، ولا شيء يدل على ذلك.
range-home-high = { $what } { $value } في أسبوع في المنزل: عند { $range } أو فوقها (ESH)
range-home = { $what } { $value } في أسبوع في المنزل: دون { $range } (ESH)
range-own-above = { $what } { $value } في أحدث يوم: فوق المعتاد لهذا الشخص { $range }
range-own-below = { $what } { $value } في أحدث يوم: دون المعتاد لهذا الشخص { $range }
range-own = { $what } { $value } في أحدث يوم: ضمن المعتاد لهذا الشخص { $range }
opened-over-time = انظر إلى { $what } عبر الزمن
opened-over-time-close = أخفِ هذه الصورة
opened-over-time-hint = رُسمت مما فتحته: الأدنى والأعلى لكل دقيقة، أو لكل ساعة إن كثرت القراءات. ولا يُفتح لذلك شيء آخر.
opened-usual-few = { $n ->
    [0] يمكن معرفة المعتاد لهذا المريض بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ لا يوجد منها شيء فيما فتحته.
    [one] يمكن معرفة المعتاد لهذا المريض بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها فيما فتحته يوم واحد.
    [two] يمكن معرفة المعتاد لهذا المريض بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها فيما فتحته يومان.
   *[other] يمكن معرفة المعتاد لهذا المريض بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها فيما فتحته { $n }.
}
opened-whole = كله
granted-title = ما تراه وما هو محجوب
granted-by = من منح الإذن
granted-by-whom = { $name }، ويمكنه إيقافه في أي وقت
granted-by-helper = شخص يساعد { $name } ضمن ما سمح به { $name }، ويمكن لـ { $name } ولكل من يساعده إيقافه في أي وقت
inbox-by-helper = منحه شخص يساعد { $name }.
granted-hidden = محجوب عنك
granted-hidden-what = كل نوع آخر من القراءات وكل وقت آخر، وملاحظات المريض، وأسماء أجهزته عنده. ويُحجب أيضًا هل يوجد شيء من ذلك.
printed-head = قراءات { $name }، { $span }
printed-by = طبعها { $name }، { $when }
printed-stays = ما فُتح وصار على الورق لا يمكن استرجاعه. احفظ هذه الورقة كما تحفظ ملف مريض.
opened-print = طباعة
ended-stays = لم يُحفظ على هذا الحاسوب شيء مما فتحته. ما طبعته أو دوّنته يبقى معك: ما فُتح لا يمكن استرجاعه.
ended-while-open = انتهى أمر هذا الإذن. ما تراه فُتح قبل ذلك ويزول حين تغادر هذه الشاشة، ولا يمكن فتح شيء جديد به.
compare-title = مقارنة مدتين
compare-what = القراءات
compare-when = طول كل مدة؛ والثانية تنتهي بأحدث يوم
compare-days = { $n ->
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
   *[other] { $n } يومًا
}
compare-own = تواريخ أختارها
compare-wrong = لكل مدة يوم أول ويوم أخير لا يسبقه، ولا تزيد على 400 يوم.
compare-first-from = المدة الأولى، أول يوم
compare-first-to = المدة الأولى، آخر يوم
compare-second-from = المدة الثانية، أول يوم
compare-second-to = المدة الثانية، آخر يوم
compare-first = الأولى: { $span }
compare-second = الثانية: { $span }
compare-none = لم يُقَس شيء في أي من المدتين: { $first }؛ { $second }.
compare-limits = فرق بين متوسطين وليس حكمًا: لا يُختبر هل يمكن أن يكون مصادفة.
compare-table = أرقام المدتين
compare-lower = { $what } أقل بمقدار { $by } في المدة الثانية: { $second } بعد { $first }، متوسطا { $m } و{ $n } من القيم.
compare-higher = { $what } أعلى بمقدار { $by } في المدة الثانية: { $second } بعد { $first }، متوسطا { $m } و{ $n } من القيم.
compare-same = { $what } كما هو في المدتين: { $first }، متوسطا { $n } و{ $m } من القيم.
compare-figures = { $what }: { $first } في المدة الأولى و{ $second } في الثانية، متوسطا { $n } و{ $m } من القيم.
compare-only-first = { $what } قيس في المدة الأولى فقط: { $mean }، { $n ->
    [one] قيمة واحدة
    [two] قيمتان
    [few] { $n } قيم
   *[other] { $n } قيمة
}.
compare-only-second = { $what } قيس في المدة الثانية فقط: { $mean }، { $n ->
    [one] قيمة واحدة
    [two] قيمتان
    [few] { $n } قيم
   *[other] { $n } قيمة
}.
compare-cell = { $mean } (من { $low } إلى { $high })، { $n ->
    [one] قيمة واحدة
    [two] قيمتان
    [few] { $n } قيم
   *[other] { $n } قيمة
}
replies-title = رسالة إلى { $name }
replies-hint = يقرؤها { $name } في سالوس، ومعها اسمك ومن يؤكدك. هي موقّعة ولا يمكن تغييرها. وليست لحالات الطوارئ: اتصل عندئذ.
replies-hint-helper = يقرؤها { $name }، ومن أعطاك هذا الإذن ممن يساعدونه، في سالوس، ومعها اسمك ومن يؤكدك. هي موقّعة ولا يمكن تغييرها. وليست لحالات الطوارئ: اتصل عندئذ.
replies-label = رسالتك
replies-left = { $n ->
    [0] لم يبق أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $n } أحرف
   *[other] بقي { $n } حرفًا
}
replies-wrong = نص عادي فقط، لا يزيد على 2,000 حرف في 60 سطرًا، بلا علامات جدولة ولا أحرف خفية.
replies-send = التوقيع والإرسال إلى { $name }
replies-takes-back = ستقول هذه الرسالة إن الرسالة { $n } مسحوبة.
replies-keep = إبقاء الرسالة { $n } كما هي
replies-take-back = سحب الرسالة { $n }
replies-taken-back = رسالة لاحقة تسحب هذه. ويرى المريض كلتيهما.
replies-there = الرسالة { $n }، وُقّعت { $when }: تنتظر { $name } لدى الأعضاء. ولا يُعلَم هل قُرئت.
replies-with-helper = الرسالة { $n }، وُقّعت { $when }: تنتظر لدى الأعضاء من أعطاك هذا الإذن، وتنتظر { $name } أيضًا حالما يقول حاسوب { $name } إلى أين تُرسل الرسائل.
replies-waits = الرسالة { $n }، وُقّعت { $when }: تُرسل حالما يمكن الوصول إلى عدد كافٍ من الأعضاء.
replies-no-address = لم يقل حاسوب { $name } بعد إلى أين تُرسل الرسائل. يفعل ذلك من تلقاء نفسه حين يُفتح في المرة القادمة.
replies-too-late = مضى على انتهاء هذا الإذن أكثر من 30 يومًا، فلا يمكن إرسال رسائل أخرى. اطلب من { $name } إذنًا جديدًا.
replies-full = أُرسلت 12 رسالة بهذا الإذن، وهو أقصى عدد. اطلب من { $name } إذنًا جديدًا.
replies-not-attested = لم يؤكدك أي عضو بعد، فلا يمكنك توقيع الرسائل.
notes-title = رسائل من الأطباء
notes-empty = لا رسائل بعد.
notes-empty-hint = يمكن لطبيب منحته إذنًا أن يكتب إليك رسالة. تظهر هنا ومعها من وقّعها.
notes-link = { $n ->
    [one] رسالة واحدة من طبيب
    [two] رسالتان من الأطباء
    [few] { $n } رسائل من الأطباء
   *[other] { $n } رسالة من الأطباء
}
notes-one = كتب إليك { $name } رسالة. وصلت { $when }.
notes-many = { $n ->
    [two] رسالتان من الأطباء تنتظران القراءة، أحدثهما من { $name }.
    [few] { $n } رسائل من الأطباء تنتظر القراءة، أحدثها من { $name }.
   *[other] { $n } رسالة من الأطباء تنتظر القراءة، أحدثها من { $name }.
}
notes-read = قراءة
notes-new = جديدة
notes-answer = الرسائل في اتجاه واحد. للرد اتصل بالطبيب أو زره.
notes-takes-back = هذه الرسالة تسحب الرسالة { $n }.
notes-taken-back = رسالة لاحقة تسحب هذه. خذ بالرسالة اللاحقة.
notes-when = الرسالة { $n }، كُتبت { $written } بحسب ساعة الطبيب؛ وهي هنا منذ { $came }.
notes-after-stop = كنت قد أوقفت الإذن حين كُتبت هذه. الإيقاف ينهي الفتح الجديد، ويبقى ممكنًا أن يُكتب عما رُئي قبله.
notes-after-a-stop = كان الإذن قد أُوقف حين كُتبت هذه. الإيقاف ينهي الفتح الجديد، ويبقى ممكنًا أن يُكتب عما رُئي قبله.
notes-after-end = كان الإذن قد انتهى حين كُتبت هذه.
notes-have-read = قرأت رسالة { $name }
notes-signed = وقّعها { $name }، وكان { $member } يؤكده حين وصلت الرسالة.
notes-by-helper = وصلت بإذن منحه { $name } نيابة عنك.
notes-about = تخص { $name }، وقد وصلت بإذن منحتَه أنت.
notes-withdrawn = وقّعها { $name }، لكن { $member } كان قد سحب تأكيده حين وصلت الرسالة. اسأل المؤسسة قبل أن تعمل بها.
notes-suspended = وقّعها { $name }، لكن { $member } لم يكن يؤكده في ذلك الوقت حين وصلت الرسالة. اسأل المؤسسة قبل أن تعمل بها.
notes-ran-out = وقّعها { $name }، لكن تأكيد { $member } كان قد انقضى حين وصلت الرسالة. اسأل المؤسسة قبل أن تعمل بها.

## patient: اليوم، والسجل عبر الزمن، والملاحظات، والقراءات من ملف، وما يُظهره الإذن
nav-readings = القراءات
error-not-an-import = لا يستطيع سالوس أخذ قراءات من هذا الملف.
    .fix = اختر جدولًا (CSV) يقول صفّه الأول ما في كل عمود، أو ملفًا صدّره سالوس، أو ملف قياسات بصيغة FHIR R4. لا يمكن قراءة ملفات Apple Health وHealth Connect.
sources-title = أجهزتك الآن
sources-last = آخر قراءة { $when }
sources-heard = آخر إرسال { $when }
sources-doubt = ينتظر جوابك تحت «الأجهزة».
sources-devices = العناية بأجهزتك
home-more = انظر إلى { $what } عبر الزمن واكتب ملاحظات
trend-today-usual = هذا معتاد لديك.
trend-today-lower = هذا أدنى من المعتاد لديك.
trend-today-higher = هذا أعلى من المعتاد لديك.
trend-today-apart = إحدى القيمتين أدنى من المعتاد لديك والأخرى أعلى.
trend-week-usual = كانت الأيام السبعة الماضية معتادة لديك: { $value }.
trend-week-lower = كانت الأيام السبعة الماضية أدنى من المعتاد لديك: { $value }.
trend-week-higher = كانت الأيام السبعة الماضية أعلى من المعتاد لديك: { $value }.
trend-week-apart = في الأيام السبعة الماضية كانت إحدى القيمتين أدنى من المعتاد لديك والأخرى أعلى: { $value }.
trend-nothing = لم يُقَس شيء في الأيام السبعة الماضية.
trend-middle = تراوحت القيمة في نصف أيامك خلال الأسابيع الأربعة السابقة { $range }.
trend-range = من { $low } إلى { $high }
trend-few = { $n ->
    [0] يمكن معرفة المعتاد لديك بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ لا يوجد منها شيء بعد.
    [one] يمكن معرفة المعتاد لديك بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها حتى الآن يوم واحد.
    [two] يمكن معرفة المعتاد لديك بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها حتى الآن يومان.
   *[other] يمكن معرفة المعتاد لديك بعد { $least } أيام فيها قراءات خلال أربعة أسابيع؛ يوجد منها حتى الآن { $n }.
}
trend-no-finding = كلمة «المعتاد» تقارنك بنفسك، وليست نتيجة طبية.
week-covered = كم من كل يوم فيه قراءات
week-counted = كم مرة قِست
week-none = لا شيء
week-percent = { $percent } بالمئة
week-readings = { $n ->
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
   *[other] { $count } مرة
}
chart-usual = الشريط المظلل هو نطاقك المعتاد: { $range }.
chart-usual-patient = الشريط المظلل هو النطاق المعتاد لهذا المريض بحسب ما فتحته من قراءاته ({ $span }): { $range }.
chart-hint-moves = حدّد الرسم. سهما اليسار واليمين يقرآن القيم واحدة واحدة ويمضيان إلى ما بعد الحافة. مفتاحا Page Up وPage Down ينتقلان عبر الزمن، وعلامتا الزائد والناقص أو العجلة تغيّر مقدار ما يُعرض. ويمكنك أيضًا سحب الرسم إلى الجانبين.
rule-home-pressure = { $value }: مرتفع إن كان متوسط أسبوع
rule-glucose-low = { $value }: دون الهدف المعتاد
rule-glucose-high = { $value }: فوق الهدف المعتاد
record-title = سجلك
record-empty-hint = اكتب قراءتك الأولى، أو أضف جهازًا، أو خذ قراءات من ملف.
record-what = ما يُعرض
record-span = مقدار الزمن المعروض
record-day = يوم
record-week = أسبوع
record-month = شهر
record-year = سنة
record-bar = التنقل عبر الزمن
record-earlier = أسبق
record-later = أحدث
record-closer = أقرب
record-wider = أوسع
record-first = إلى البداية
record-last = إلى اليوم
record-ways = إضافة القراءات وحفظها وحذفها
record-import = أخذ قراءات من ملف
record-export = حفظ كل شيء في ملف واحد
own-days-count = { $n ->
    [0] لا يوم فيه قراءات
    [one] صف واحد، الأحدث أولًا
    [two] صفان، الأحدث أولًا
    [few] { $n } صفوف، الأحدث أولًا
   *[other] { $n } صفًا، الأحدث أولًا
}
own-days-day = اليوم
own-days-readings = القراءات واحدة واحدة
notes-own-title = ملاحظاتك
notes-none = لا ملاحظة على هذه الأيام بعد.
notes-day = اليوم
note-write = اكتب ملاحظة
note-write-day = اكتب ملاحظة على هذا اليوم
note-change = غيّر الملاحظة
note-of-day = ملاحظتك على { $date }
note-of-reading = ملاحظتك على قراءة: { $what }، { $when }
note-label = الملاحظة
note-hint = تبقى في سجلك، ولا يراها من تشاركه.
note-keep = احفظ الملاحظة
note-remove = أزل الملاحظة
note-close = إغلاق
note-kept = حُفظت الملاحظة.
note-removed = أُزيلت الملاحظة.
note-back = عادت الملاحظة.
import-title = أخذ قراءات من ملف
import-back = العودة إلى سجلك
import-hint = ترى بالضبط ما سيدخل قبل حفظ أي شيء، ويمكنك إخراجه كله لاحقًا. يمكن قراءة هذه الملفات:
import-own = ما حفظه سالوس نفسه تحت «كل شيء في ملف واحد»: الجدول أو JSON Lines
import-table = جدول (CSV) يقول صفّه الأول ما في كل عمود: وقت، وقيم مثل «Systolic» أو «Weight (kg)». وحيث توجد وحدتان يجب أن يذكر العنوان إحداهما.
import-fhir = قياسات بصيغة FHIR R4 كما تسلّمها المستشفيات والبرامج الأخرى: ملف واحد، أو قياس في كل سطر
import-not = لا يمكن قراءة ملفات Apple Health وHealth Connect: احفظها أولًا جدولًا ببرنامج آخر. والسجل الكامل يُستعاد من نسخة احتياطية، تحت «الإعدادات».
import-choose = اختر ملفًا
import-reading = جارٍ قراءة الملف
import-would = { $n ->
    [one] ستدخل سجلك قراءة واحدة.
    [two] ستدخل سجلك قراءتان.
    [few] ستدخل سجلك { $count } قراءات.
   *[other] ستدخل سجلك { $count } قراءة.
}
import-nothing-new = لا جديد لسجلك في هذا الملف.
import-is-own = هذا ملف صدّره سالوس.
import-is-table = هذا الملف جدول (CSV).
import-is-fhir = في هذا الملف قياسات بصيغة FHIR R4.
import-group = { $n ->
    [one] { $what }: قراءة واحدة، { $span }
    [two] { $what }: قراءتان، { $span }
    [few] { $what }: { $count } قراءات، { $span }
   *[other] { $what }: { $count } قراءة، { $span }
}
import-whose = الملف لا يثبت لمن هذه القراءات. خذها فقط إن كانت لك. وهي معلَّمة بأنها من ملف، لمن تشاركه أيضًا.
import-notes = { $n ->
    [one] تأتي معها ملاحظة واحدة، وتبقى لك وحدك.
    [two] تأتي معها ملاحظتان، وتبقيان لك وحدك.
    [few] تأتي معها { $count } ملاحظات، وتبقى لك وحدك.
   *[other] تأتي معها { $count } ملاحظة، وتبقى لك وحدك.
}
import-known = { $n ->
    [one] قراءة واحدة موجودة في سجلك من قبل، فلا تدخل مرتين.
    [two] قراءتان موجودتان في سجلك من قبل، فلا تدخلان مرتين.
    [few] { $count } قراءات موجودة في سجلك من قبل، فلا تدخل مرتين.
   *[other] { $count } قراءة موجودة في سجلك من قبل، فلا تدخل مرتين.
}
import-deleted = { $n ->
    [one] قراءة واحدة من وقت حذفته نهائيًا، ولا تعود.
    [two] قراءتان من وقت حذفته نهائيًا، ولا تعودان.
    [few] { $count } قراءات من وقت حذفته نهائيًا، ولا تعود.
   *[other] { $count } قراءة من وقت حذفته نهائيًا، ولا تعود.
}
import-aside = { $n ->
    [one] تُرك سطر واحد، والسبب
    [two] تُرك سطران، والسبب
    [few] تُركت { $n } أسطر، والسبب
   *[other] تُرك { $n } سطرًا، والسبب
}
left-out-where = { $n ->
    [one] { $why } (مرة { $count }؛ السطر { $lines })
   *[other] { $why } (عدد المرات { $count }؛ أولها في الأسطر { $lines })
}
left-out-malformed = لا يتبع صيغة الملف أو يناقض نفسه.
left-out-too-long = السطر أطول من المسموح أو فيه قيم كثيرة جدًا.
left-out-no-time = لا وقت له، أو يمكن قراءة وقته بوجهين، مثل 11/12/2026.
left-out-other-time = وقته لم يأتِ بعد أو بعيد جدًا.
left-out-unknown = لا قيمة فيه يعرفها سالوس، أو تنقصها الوحدة.
left-out-not-a-number = ما في مكان القيمة ليس رقمًا.
left-out-impossible = لا يعطي جسم هذه القيمة.
left-out-incomplete = ينقص أحد ضغطي الدم، أو ليس الأعلى فوق الأدنى.
left-out-twice = القراءة نفسها موجودة في الملف من قبل.
left-out-not-the-patient = يقول الملف إنها سُحبت أو لم تكن نهائية قط، أو لا يُعرف أنها لك.
import-newest = أحدثها
import-keep = { $n ->
    [one] أدخل هذه القراءة في سجلي
    [two] أدخل هاتين القراءتين في سجلي
    [few] أدخل هذه القراءات في سجلي، وعددها { $count }
   *[other] أدخل هذه القراءات في سجلي، وعددها { $count }
}
import-keeping = جارٍ إدخال القراءات في سجلك
import-leave = اتركه
import-kept = { $n ->
    [one] قراءة واحدة في سجلك الآن.
    [two] قراءتان في سجلك الآن.
    [few] { $count } قراءات في سجلك الآن.
   *[other] { $count } قراءة في سجلك الآن.
}
import-past = ما أخذته من الملفات
import-state-kept = { $n ->
    [one] قراءة واحدة في سجلك
    [two] قراءتان في سجلك
    [few] { $count } قراءات في سجلك
   *[other] { $count } قراءة في سجلك
}
import-state-unfinished = أُوقف: جزء منه في سجلك
import-state-half-undone = أُوقف إخراجه: ما زال جزء منه في سجلك
import-state-undone = { $n ->
    [one] أُخرجت قراءة واحدة
    [two] أُخرجت قراءتان
    [few] أُخرجت { $count } قراءات
   *[other] أُخرجت { $count } قراءة
}
import-undo = أخرجه من السجل
import-undo-title = أتُخرج الملف كله من سجلك؟
import-undo-sentence = كل قراءة جاءت من الملف { $when } وما عليها من ملاحظات تخرج من سجلك. تبقى القراءات الأخرى كلها كما هي، ويمكنك إدخال الملف نفسه مرة أخرى.
import-undo-opened = ما فتحه أحد من قبل لا يمكن استرجاعه. وما زالت النسخ الاحتياطية السابقة تضم هذه القراءات؛ وللتخلص من قراءات نهائيًا احذفها نهائيًا.
import-undo-laptops = إن كانت لديك حواسيب أخرى فهي تحتفظ بهذه القراءات. وللتخلص منها هناك احذفها نهائيًا على كل واحد منها.
import-undoing = جارٍ إخراج القراءات
import-undo-yes = أخرجه كله
import-undo-no = أبقِه
permission-see = انظر ما يراه { $name }
seen-title = ما يراه { $name }
seen-nothing = لا يرى { $name } شيئًا
seen-title-none = هذا الإذن ليس هنا
seen-back = العودة إلى من يرى ماذا
seen-only-looking = تنظر إلى سجلك أنت من خلال هذا الإذن. لا يُفتح به شيء، ولا يعلم به { $name }.
seen-not-yet = يستطيع { $name } فتح هذا ابتداءً من { $when }.
seen-over = انتهى هذا الإذن: لا يستطيع { $name } أن يفتح به شيئًا جديدًا.
minute-clock = على شاشة { $name } يكون الصباح والمساء والأيام بحسب ساعة ذلك الحاسوب، وهنا بحسب ساعة حاسوبك.
minute-no-vitals = لا توجد أي من العلامات الحيوية فيما يشمله هذا الإذن الآن.
minute-news = يُدخل { $name } مدى انتباهك وهل تتنفس الهواء أم الأكسجين، ثم يحصل على الدرجة. ولا تُحسب درجة جزئية.
minute-news-of = يُدخل { $name } مدى انتباه { $person } وهل التنفس بالهواء أم بالأكسجين، ثم يحصل على الدرجة. ولا تُحسب درجة جزئية.
seen-hint = يرى { $name } ما أرسله حاسوبك حتى الآن، وتتبعه القراءات الجديدة ما دام متصلًا.

## shell: what happened, finding, keys, links, the desktop, help
notices-title = ما الذي حدث
notices-why = يُحفظ هنا كل ما لدى سالوس ليخبرك به، الأحدث أولًا.
notices-empty = لم يحدث شيء بعد.
notices-empty-hint = عندما يفتح أحد القراءات، أو ينتهي إذن، أو يحتاج شيء إليك، يظهر ذلك هنا.
notices-new = { $n ->
    [one] جديد واحد
    [two] جديدان
   *[other] { $count } جديدة
}
notices-said = ما الذي حدث: { $new }
notices-fresh = جديد
notices-look = الاطلاع عليه
notice-opened = { $n ->
    [one] فتح { $name } قراءاتك.
    [two] فتح { $name } قراءاتك: مرتان حتى الآن.
    [few] فتح { $name } قراءاتك: { $count } مرات حتى الآن.
   *[other] فتح { $name } قراءاتك: { $count } مرة حتى الآن.
}
notice-opened-on-duty = { $n ->
    [one] فتح مناوب لدى { $name } قراءاتك.
    [two] فتح المناوبون لدى { $name } قراءاتك: مرتان حتى الآن.
    [few] فتح المناوبون لدى { $name } قراءاتك: { $count } مرات حتى الآن.
   *[other] فتح المناوبون لدى { $name } قراءاتك: { $count } مرة حتى الآن.
}
notice-duty-named = كان { $name } هو من فتح قراءاتك أثناء المناوبة لدى { $group }.
notice-given-again = يستمر إذنك لـ{ $name }: منحه سالوس من جديد لأن قراءاتك تُقفل من جديد.
notice-ends-soon = ينتهي إذن { $name } { $when }.
notice-ended = انتهى إذن { $name }.
notice-stopped = أُوقف إذن { $name }.
notice-unconfirmed = لم يعد العضو الذي أكّد { $name } يؤكده.
notice-wrote = كتب إليك { $name } رسالة.
notice-wrote-about = كتب { $name } رسالة تخص { $person }.
notice-helper-gave = سمح { $by } لـ{ $name } برؤية قراءات لك.
notice-helper-gave-for = سمح { $by } لـ{ $name } برؤية قراءات { $person }.
notice-helper-opened = فتح { $name } قراءاتك، بإذن منحه مساعد.
notice-helper-opened-for = فتح { $name } قراءات { $person }.
notice-helper-ends-soon = ينتهي { $when } ما سمح أحد مساعديك لـ{ $name } برؤيته من قراءاتك.
notice-helper-ends-soon-for = ينتهي { $when } ما يراه { $name } من قراءات { $person } بإذن منحه مساعد.
notice-new-key = يقول أحدهم إن حاسوبًا آخر يتحدث باسمك. إن لم يكن ذلك صحيحًا فاعترض الآن.
notice-new-key-for = يقول أحدهم إن حاسوبًا آخر يتحدث باسم { $person }. اسأله، واعترض إن لم يكن ذلك صحيحًا.
notice-change = يريد أحدهم تغيير من يساعدك.
notice-change-for = يريد أحدهم تغيير من يساعد { $person }.
notice-handover = يطلب مساعدوك تسليم القرار إليك لأنك بلغت سن الرشد. إن لم يكن ذلك صحيحًا فاعترض الآن.
notice-handover-for = يبلغ { $person } سن الرشد، ويطلب مساعدون تسليم القرار إليه. إن لم يكن ذلك صحيحًا فاعترض.
notice-review = مساعدة { $name } متوقفة حتى تراجعها من جديد.
notice-circle-came = أُعيد إلى هذا الحاسوب من يساعدونك. قارن الأرقام قبل أن تتابع.
notice-circle-handed = سُلّم إليك ما كان غيرك يقرره عنك. قارن الأرقام قبل أن تتابع.
notice-parts-came = أعاد عدد كافٍ من الأشخاص حصصهم: يمكنك استعادة قراءاتك من نسخة احتياطية.
notice-laptop-added = أصبح «{ $name }» حاسوبًا آخر لسجلك. إن لم تكن أنت من أضافه فأزله.
notice-laptop-removed = أُزيل «{ $name }» من سجلك.
notice-removed-here = أُزيل هذا الحاسوب من السجل. ما قرأه يبقى مقروءًا هنا؛ ولا يأتي جديد.
notice-decide = هناك ما ينتظر كلمتك.
notice-decide-for = هناك ما يخص { $person } وينتظر كلمتك.
notice-battery = بطارية { $device } ضعيفة. استبدلها أو اشحنها قريبًا.
notice-doubted = يُعزل ما يرسله { $device } إلى أن تقول إنه لك.
notice-whose = تنتظر قراءات من { $device } إلى أن تقول لمن هي.
notice-pair = يحتاج { $device } إلى اقتران من جديد.
notice-shared = شارك { $patient } قراءات معك.
notice-shared-ends-soon = ينتهي ما شاركه { $patient } { $when }.
notice-shared-ended = انتهى ما شاركه { $patient }.
notice-shared-stopped = أوقف { $patient } ما كان قد شاركه.
palette-open = بحث
palette-title = العثور على شاشة أو تنفيذ شيء
palette-field = اكتب كلمة. تختار الأسهم، ويأخذك مفتاح الإدخال إلى هناك.
palette-count = { $n ->
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $n } نتائج
   *[other] { $n } نتيجة
}
palette-none = لا شيء بهذا الاسم. جرّب كلمة أخرى، أو انظر في المساعدة.
palette-close = إغلاق
settings-shortcut-keys = علامة الاستفهام تعرض المفاتيح
keys-title = المفاتيح
keys-palette = العثور على شاشة أو تنفيذ شيء
keys-tab = إلى الحقل أو الزر أو الرابط التالي؛ ومع Shift إلى السابق
keys-enter = الضغط على المحدد
keys-escape = إغلاق ما يعلو الشاشة، من غير تنفيذ شيء
keys-arrows = التنقل بين نقاط الرسم أو بين الخيارات واحدة واحدة
keys-off = يمكن إيقاف الأحرف المفردة في الإعدادات، «لوحة المفاتيح».
keys-on = الأحرف المفردة موقوفة. يمكن تشغيلها في الإعدادات، «لوحة المفاتيح».
link-code = جاء رابط برمز طبيب.
link-card = جاء رابط ببطاقة طوارئ.
link-question = جاء رابط بسؤال من طبيب آخر.
link-for-patient = جاء رابط برمز طبيب. وهو لسجل مريض: افتحه هناك.
link-for-clinician = جاء رابط بشيء يخص طبيبًا.
link-unreadable = فُتح رابط لا يستطيع سالوس قراءته. اطلب ممن أرسله أن يرسله من جديد.
link-nothing = لم يُنفَّذ به شيء. ولا تثبت الروابط من صنعها.
link-look = الاطلاع عليه
link-away = وضعه جانبًا
desktop-title = الإشعارات
desktop-notify = إظهار إشعار عندما يحدث شيء
desktop-notify-hint = لا يسمّي أحدًا ولا يقول شيئًا عن صحة أحد، فقد يرى آخرون شاشتك. وكل شيء محفوظ في «ما الذي حدث» على أي حال.
desktop-quiet = ساعات الهدوء
desktop-quiet-hint = لا يظهر في هذه الساعات إلا العاجل، مثل حالة طارئة. اجعل الوقتين متساويين لإلغاء ساعات الهدوء.
desktop-quiet-from = من
desktop-quiet-to = حتى
desktop-no-time = اكتب كل وقت هكذا من فضلك: 21:00.
desktop-keep = حفظ هذه الساعات
desktop-kept = حُفظت.
desktop-closed-title = عند إغلاق النافذة
desktop-keep-receiving = مواصلة الاستقبال عند إغلاق النافذة
desktop-keep-receiving-hint = يستمر سالوس في العمل بلا نافذة. وبعد خمس دقائق يُقفل سجلك كالمعتاد: يُحفظ ما ترسله أجهزتك مختومًا حتى تفتح القفل، ولا يفعل سالوس بسجلك شيئًا آخر قبل ذلك.
desktop-keep-receiving-back = رمز بجانب الساعة يفتح سالوس أو يقفله أو ينهيه. ولا تعرضه كل أنظمة سطح المكتب: افتح سالوس من جديد تعد نافذته.
desktop-background = البدء في الخلفية
desktop-background-hint = تبقى النافذة مخفية حتى تفتح سالوس. ولا يُستقبل شيء قبل أن تفتح قفل سجلك مرة.
desktop-start-title = عند بدء تشغيل الحاسوب
desktop-start = فتح سالوس عند تسجيل دخولي
desktop-start-hint = يبقى سجلك مقفلًا حتى تفتح القفل.
help-title = المساعدة
help-why = أسئلة يطرحها الناس. افتح سؤالًا لتقرأ جوابه.
help-find = البحث عن كلمة
help-none = لا سؤال فيه هذه الكلمة.
help-none-hint = جرّب كلمة أخرى أو كلمة أقصر.
help-letters = كيف أجعل الحروف أكبر؟
help-letters-says = في الإعدادات، «حجم النص»، اختر حتى 200 %. وهناك يمكنك أيضًا اختيار ألوان داكنة أو أقوى، واختيار اللغة.
help-passphrase = نسيت عبارة المرور، فماذا أفعل؟
help-passphrase-says = في شاشة القفل اختر «استخدام مفتاح الاسترداد» واكتب المفتاح من ورقتك. ثم ضع عبارة مرور جديدة في الإعدادات. ومن دون عبارة المرور ومن دون الورقة لا يستطيع إعادة سجلك إلا من سمّيتهم لمساعدتك في العودة، من نسخة احتياطية. أما من صنعوا سالوس فلا يستطيعون.
help-paper = ما مفتاح الاسترداد، وأين أحتفظ به؟
help-paper-says = هو صف الحروف والأرقام الذي كتبته على ورقة في البداية. يفتح سجلك إذا نسيت عبارة المرور، ونسخك الاحتياطية إذا ضاع الحاسوب. احتفظ بالورقة حيث تحتفظ بجواز سفرك. وإن ضاعت فأنشئ مفتاحًا جديدًا في الإعدادات.
help-locked = لماذا أُقفل سجلي من جديد؟
help-locked-says = إذا لم يستخدم أحد سالوس خمس دقائق أُقفل السجل من تلقاء نفسه، لكي لا يقرأه من يمر به. لا يضيع شيء، ويعود ما كنت تكتبه. وتقول شاشة القفل هل تستمر أجهزتك في الإرسال في هذه الأثناء.
help-closed = هل يستمر سالوس عندما أغلق نافذته؟
help-closed-says = ليس في البداية: إغلاق النافذة ينهي سالوس. وفي الإعدادات، «عند إغلاق النافذة»، يمكنك أن تدعه يواصل الاستقبال. ويظل سجلك يُقفل من تلقاء نفسه. لاستعادة النافذة افتح سالوس من جديد، ولإنهائه اختر «إنهاء سالوس» في رمزه بجانب الساعة، أو ألغِ هذا الاختيار ثم أغلق النافذة.
help-lost = ضاع حاسوبي أو سُرق. ماذا أفعل؟
help-lost-says = سجلك عليه مقفل، إلا إن كان مفتوحًا في تلك اللحظة. ثبّت سالوس على حاسوب جديد، واختر «لديّ نسخة احتياطية» واستخدم مفتاح الاسترداد. ثم اتبع خطوات صفحة «حاسوب مفقود أو مسروق».
help-device = جهازي لا يرسل شيئًا. ماذا أجرّب؟
help-device-says = انظر هل هو مشغّل، وهل بطاريته مشحونة، وهل هو على بعد مترين من الحاسوب على الأكثر. وفي «الأجهزة» ترى حال كل جهاز وما يحتاج إليه. ويمكنك دائمًا كتابة القيمة بنفسك.
help-type = كيف أكتب قيمة بنفسي؟
help-type-says = اضغط «إضافة قراءة» إلى جانب الشاشة، واختر ما قسته، واكتب الرقم، ثم اضغط مفتاح الإدخال. وإن أخطأت فاضغط «تراجع».
help-normal = هل قيمتي جيدة أم سيئة؟
help-normal-says = يعرض سالوس ما قيس. وهو ليس طبيبًا ولا يشخّص. اسأل طبيبك عمّا تعنيه القيمة لك.
help-doctor = كيف أُري طبيبي قراءاتي؟
help-doctor-says = اطلب من طبيبك رمز سالوس. ألصقه في «مشاركة»، وانظر صاحبه، واختر ما يراه وحتى متى، واطلع على ما سيراه قبل أن توافق بعبارة المرور.
help-stop = كيف أمنع أحدًا من رؤية قراءاتي؟
help-stop-says = في «من يرى ماذا» اضغط «إيقاف هذا الإذن». خلال ساعة تقريبًا لا يستطيع أحد فتح قراءات جديدة به. أما ما فُتح من قبل فلا يمكن استرجاعه.
help-looked = من اطلع على قراءاتي؟
help-looked-says = يُذكر كل فتح في صفحة من فتح ماذا، بالاسم والوقت. ويثبت الأعضاء أن القائمة كاملة.
help-daughter = هل تستطيع ابنتي أو ابني مساعدتي؟
help-daughter-says = نعم. في «العائلة» تقرّر من يساعدك وما يجوز له وحتى متى. ويمكنك إنهاء ذلك في أي وقت، ولا يستطيع أحد ممن يساعدونك إبعادك عن سجلك.
help-card = ماذا لو فقدت الوعي أو لم أستطع الإجابة؟
help-card-says = يمكنك طباعة بطاقة طوارئ وحملها معك. يستطيع الأطباء بها فتح بعض قراءاتك، وعليهم ذكر السبب، وترى ذلك بعدها. تجدها في «من يرى ماذا».
help-house = هل يستطيع شخصان استخدام سالوس على حاسوب واحد؟
help-house-says = نعم. في الإعدادات، «سجلات مَن»، ابدأ سجلًا آخر. لكل سجل عبارة مرور وأجهزة ولون خاص به أعلى الشاشة.
help-code = كيف يتيح لي مريض رؤية قراءاته؟
help-code-says = في «رمزي» أنشئ رمزًا لهذا المريض وأرسله نصًا أو ملفًا. وعندما يوافق يظهر السجل في الوارد.
help-cannot = لماذا لا أستطيع فتح سجل؟
help-cannot-says = لم يبدأ الإذن بعد، أو انتهى، أو أُوقف، أو لا يُفتح إلا في ساعات معينة أو مع طبيب ثانٍ. ويذكر السطر في الوارد أي ذلك هو. اطلب من المريض إذنًا جديدًا إن كنت ما زلت تحتاج إليه.
help-keep = هل يجوز لي الاحتفاظ بما فتحته؟
help-keep-says = يبقى ما فتحته في الذاكرة ما دام السجل على الشاشة، ويرى المريض كل فتح. لا تحتفظ إلا بما تسمح به قواعد مؤسستك.
help-danger = أشعر بمرض شديد. هل يطلب سالوس الإسعاف؟
help-danger-says = لا. لا يتصل سالوس بأحد ولا يراقب أحدًا. إذا كنت في خطر فاتصل برقم الطوارئ في بلدك.
help-caller = يسألني أحدهم عن عبارة المرور أو مفتاح الاسترداد. هل أخبره؟
help-caller-says = لا، أبدًا، مهما قال عن نفسه. لا يحتاج إليهما أحد لمساعدتك، ولا يسأل عنهما من صنعوا سالوس.
help-internet = هل أحتاج إلى الإنترنت؟
help-internet-says = ليس للقياس ولا للاطلاع على قراءاتك. أما للمشاركة ولإيقاف إذن ولمعرفة من فتح شيئًا فيجب أن يكون الحاسوب متصلًا.
help-keyboard = هل يمكنني استخدام سالوس بلا فأرة؟
help-keyboard-says = نعم، في كل شيء. ينتقل Tab إلى التالي، ويضغط Enter، ويغلق Esc. ويعثر Ctrl مع K على أي شاشة، وتعرض علامة الاستفهام كل المفاتيح.
help-person = من أسأل إذا لم يفدني هذا؟
help-person-says = اسأل من يساعدك في استخدام سالوس، أو الجهة التي أعطتك إياه: عيادتك أو المستشفى أو جمعية المرضى. أره هذه الشاشة، ولا تره أبدًا عبارة المرور أو مفتاح الاسترداد.

## التشغيل الأول خطوةً خطوة، ويمكن تخطّي كل واحدة، ومن يساعد فقط
first-skip = تخطّي هذه الخطوة
first-looks-undo = التراجع عن هذه الاختيارات
first-looks-skip = إن تخطّيتها بقي سالوس على شكله الآن. تجد كل ذلك لاحقًا في الإعدادات.
first-role-skip = إن تخطّيتها كان سالوس لسجلك الصحي. ويمكنك العودة إلى هنا ما لم يُنشأ السجل.
role-family = مساعدة أحد أفراد عائلتي
role-family-hint = أرى ما يسمحون لي برؤيته، وأوافق أو أعترض، وأساعدهم في العودة بعد ضياع حاسوب. ولا قراءات لي هنا.
field-name-hint-family = يراه من تساعدهم، وكذلك سائر من يساعدهم.
first-choose = اختر لي الاثنين
first-passphrase-skip = إن لم ترد التفكير في عبارة مرور اختار سالوس واحدة وأظهرها هنا مع اسم، لتكتبهما. ويمكنك تغييرهما لاحقًا في الإعدادات.
first-name-chosen = سجلي
first-chosen = اختار سالوس عبارة المرور هذه. اكتبها على ورقة الآن: لا تظهر مرة أخرى بعد التشغيل الأول.
first-key-passphrase = عبارة المرور التي اختارها سالوس لك. اكتبها على الورقة نفسها:
first-key-skip = إن تخطّيتها ذكّرتك شاشتك الأولى بها حتى يُكتب المفتاح. وإلى ذلك الحين إن نسيت عبارة المرور أُغلق سجلك نهائيًا.
first-key-check = تحقّق وتابع
first-key-kept = مفتاح الاسترداد مكتوب عندك كما ظهر.
first-key-another = إنشاء مفتاح آخر بدلًا منه
first-guardians = من يستطيع مساعدتك في العودة
first-guardians-hint = يستطيع شخصان أو أكثر تثق بهم أن يقولوا معًا إن حاسوبًا جديدًا يتكلم باسمك. يلزمهم سالوس أيضًا، ويعطيك كل منهم رمزًا. تسمّيهم لاحقًا في «العائلة».
first-reading = أول قراءة لك
first-reading-hint = أضف جهازًا يقيس، أو اكتب قيمة واحدة. ويمكن التراجع عن كليهما هنا.
first-way-device = إضافة جهاز
first-way-device-hint = حزام أو كُفّة ضغط أو مقياس أكسجين أو ميزان حرارة أو ميزان وزن أو مقياس سكر بتقنية بلوتوث.
first-way-typed-hint = ما يظهره جهاز بلا بلوتوث، أو ما تعرفه.
first-other-way = الطريقة الأخرى
first-reading-kept = في سجلك قراءة.
first-device-added = أضفت { $name }.
first-reading-skip = إن تخطّيتها كان سجلك فارغًا. تجدها لاحقًا في «الأجهزة»، وبزرّ «إضافة قراءة» على جانب كل شاشة.
first-code-skip = إن تخطّيتها تجدها لاحقًا في «رمزي». ولا يستطيع مريض أن يشارك معك قبل أن تؤكدك مؤسستك.
first-code-done = متابعة
first-relative = رمز لمن ستساعده
first-relative-skip = إن تخطّيتها تجدها لاحقًا في «العائلة».
first-ready = كل شيء جاهز
first-ready-hint = هذا ما أنجزته، وأين تجد ما لم تنجزه.
first-done = أُنجز
first-skipped = تُخطّي
first-do-now = افعله الآن
first-home-family = الذهاب إلى عائلتي
first-what-looks = اللغة وحجم النص والألوان
first-what-passphrase = اسم وعبارة مرور من اختيارك
first-what-key = مفتاح الاسترداد على ورقة
first-find-looks = في الإعدادات.
first-find-who = لغرض آخر ابدأ سجلًا آخر من الإعدادات.
first-find-passphrase = اختارهما سالوس. غيّرهما في الإعدادات.
first-find-key = على شاشتك الأولى، وفي الإعدادات.
first-find-reading = في «الأجهزة»، وبزرّ «إضافة قراءة» على جانب كل شاشة.
first-find-code = في «رمزي».
first-find-relative = في «العائلة».
first-undo = تراجع: إزالة هذا السجل
first-undo-title = أتريد إزالة سجل { $name } من جديد؟
first-undo-sentence = أُنشئ السجل الآن ولا شيء فيه. يُزال من هذا الحاسوب، ولا تعود عبارة مروره ومفتاح استرداده يفتحان شيئًا. وتبقى اختياراتك للغة وحجم النص والألوان.
first-undo-yes = إزالة هذا السجل
first-undo-no = الإبقاء عليه
band-family = أساعد عائلتي
locked-hint-family = ما دام مقفلًا لا يمكن قراءة شيء ولا البتّ في شيء. ويبقى ما أذن به من تساعدهم كما هو.
lost-could-relatives = ما يسمح لك من تساعدهم بقراءته، وبعبارة مرورك: أذونات باسمهم ضمن حدودك، إلى أن ينهوا مساعدتك.
lost-step-relatives = اطلب من كل من تساعده إنهاء مساعدتك
lost-step-relatives-why = يفعلون ذلك على حواسيبهم، في «العائلة»، بزرّ «إنهاء المساعدة». ومن ذلك الحين لا يستطيع أحد أن يأذن بشيء بما في الحاسوب المفقود. ثم أعطهم رمزًا جديدًا من هذا الحاسوب.
lost-other-family = { $name }: لمساعدة الأقارب
error-not-empty = في هذا السجل شيء محفوظ، فلا يُزال.
    .fix = تابع به. تُحذف القراءات في «القراءات»، وتُوقف الأذونات في «من يرى ماذا».
relatives-title = من تساعدهم
relatives-others = الانتقال إلى شخص آخر تساعده
relative-title = مساعدة { $name }
relative-gone = لم تعد تساعد هذا الشخص.
relative-parts = ما يوجد عن { $name }
relative-authority = ما يحقّ لي
relative-decide = { $n ->
    [one] أمر واحد ينتظرك
    [two] أمران ينتظرانك
    [few] { $n } أمور تنتظرك
   *[other] { $n } أمرًا ينتظرك
}
relative-decide-none = لا شيء ينتظرك
relative-seeing = من يرى قراءات { $name } الآن
relative-seeing-count = { $n ->
    [one] إذن واحد يعمل
    [two] إذنان يعملان
    [few] { $n } أذونات تعمل
   *[other] { $n } إذنًا يعمل
}
relative-openings = آخر عمليات الفتح
relative-openings-none = لم يفتح أحد شيئًا بإذن من مساعد
relative-openings-last = آخرها { $when }
relative-openings-more = { $n ->
    [one] عملية فتح سابقة واحدة غير مذكورة هنا.
    [two] عمليتا فتح سابقتان غير مذكورتين هنا.
    [few] { $n } عمليات فتح سابقة غير مذكورة هنا.
   *[other] { $n } عملية فتح سابقة غير مذكورة هنا.
}
relative-openings-own = ما شاركه { $name } وحده لا يظهر هنا. يرى { $name } كل عملية فتح في «من فتح ماذا».
relative-notes = ما كتبه الأطباء عن { $name }
relative-notes-hint = يمكن لطبيب منحته إذنًا نيابة عن { $name } أن يكتب رسالة. تظهر هنا وعند { $name }، ومعها من وقّعها.
relative-notes-both = تصل كل رسالة من هذه إلى { $name } أيضًا، على حاسوبه.
relative-notes-read = قرأتها كلها
relative-notes-unread = { $n ->
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $n } رسائل جديدة
    [many] { $n } رسالة جديدة
   *[other] { $n } رسالة جديدة
}
relative-opened = فتح { $name } { $what }.
relative-card = بطاقة الطوارئ
relative-card-unseen = { $n ->
    [one] حدث شيء يخصها
    [two] حدث شيئان يخصانها
    [few] حدثت { $n } أشياء تخصها
   *[other] حدث { $n } شيئًا يخصها
}
relative-card-whose = عند { $name }
relative-card-hint = لا ينشئ البطاقة ولا يعرضها ولا يوقفها إلا { $name } على حاسوبه، ولا يستطيع أي مساعد أن يفتح بها شيئًا. وما يُبلَّغ به المساعدون من إعلان أو فتح بها يظهر في هذه الصفحة.
relative-recovery = العودة بعد الفقدان
relative-recovery-others = يستطيع آخرون المساعدة فيها
relative-recovery-hint = إن ضاع حاسوب { $name } فيستطيع من سمّاهم { $name } لذلك أن يقولوا معًا إن حاسوبًا جديدًا يتكلم باسمه. وإن كنت منهم ذُكر ذلك في هذه الصفحة. يسمّيهم { $name } في «العائلة»، ولكلٍّ رمز جديد.

## reports: pages on paper, and checking them
report-visit-title = تقرير للزيارة
report-diary-title = مفكرة ضغط الدم
report-glucose-title = ملف سكر الدم
report-date = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
} { $year }
report-date-short = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
report-made-own = أُعدّ في { $date } الساعة { $time } على حاسوب الشخص نفسه، وساعته ({ $zone }) هي التي تحدد الصباح وبداية اليوم.
report-made-clinician = أعدّه { $name } في { $date } الساعة { $time } مما شورك معه. الأيام والساعات بحسب ساعة ذلك الحاسوب ({ $zone }).
report-made-helper = أعدّه { $name } في { $date } الساعة { $time } لـ{ $person }، ضمن ما يساعده فيه. الأيام والساعات بحسب ساعة ذلك الحاسوب ({ $zone }).
report-contents = في هذا التقرير: { $what }.
report-empty = لا توجد قراءات في هذه الأيام.
report-in-time = في هذه الأيام
report-about = عن هذه الصفحة
report-devices = أجهزة القياس: { $names }.
report-typed = أُدخلت بعض القيم يدويًا.
report-imported = بعض القيم مأخوذة من ملف.
report-only-shared = ليس في هذا التقرير إلا ما شورك. ومن أعدّه لا يعلم إن كان هناك غيره.
report-only-helped = ليس في هذا التقرير إلا ما يحق لـ{ $name } أن يقرأه مساعدةً لـ{ $person }: { $what }، ابتداءً من { $date }. ومن أعدّه لا يعلم إن كان في السجل غيره.
report-not-in = ليس في هذا التقرير: ملاحظات الشخص الخاصة، ولا ما قبل هذه الأيام أو بعدها.
report-not-in-these = ليس في هذا التقرير: { $what }؛ ولا ملاحظات الشخص الخاصة، ولا ما قبل هذه الأيام أو بعدها.
report-damaged = { $n ->
    [one] تعذّرت قراءة جزء مدته ساعة تقريبًا، وهو ناقص هنا.
    [two] تعذّرت قراءة جزأين مدة كل منهما ساعة تقريبًا، وهما ناقصان هنا.
    [few] تعذّرت قراءة { $n } أجزاء مدة كل منها ساعة تقريبًا، وهي ناقصة هنا.
   *[other] تعذّرت قراءة { $n } جزءًا مدة كل منها ساعة تقريبًا، وهي ناقصة هنا.
}
report-figures = { $n ->
    [one] { $what }: { $max }، قيمة واحدة.
    [two] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، قيمتان في { $percent } % من الدقائق.
    [few] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، { $count } قيم في { $percent } % من الدقائق.
   *[other] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، { $count } قيمة في { $percent } % من الدقائق.
}
report-figures-sensor = { $n ->
    [one] { $what }: { $max }، قيمة واحدة.
    [two] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، قيمتان: { $percent } % مما كان على المستشعر أن يرسله.
    [few] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، { $count } قيم: { $percent } % مما كان على المستشعر أن يرسله.
   *[other] { $what }: من { $min } إلى { $max }، المتوسط { $mean }، { $count } قيمة: { $percent } % مما كان على المستشعر أن يرسله.
}
report-picture = { $n ->
    [0] رسم بياني: { $what }، { $span }. { $said }
    [one] رسم بياني: { $what }، { $span }، فيه فجوة واحدة. { $said }
    [two] رسم بياني: { $what }، { $span }، فيه فجوتان. { $said }
    [few] رسم بياني: { $what }، { $span }، فيه { $n } فجوات. { $said }
   *[other] رسم بياني: { $what }، { $span }، فيه { $n } فجوة. { $said }
}
report-two-lines = الخط المتصل: { $first }. الخط المتقطع: { $second }.
report-diary-table = قراءات ضغط الدم يومًا بيوم، بوحدة ملم زئبق
report-day = اليوم
report-morning = الصباح
report-evening = المساء
report-other-times = بينهما
report-mean = المتوسط
report-diary-key = بوحدة ملم زئبق. * رأى الجهاز نبضًا غير منتظم، والقراءة محسوبة. ? الجهاز نفسه يشكّ في القراءة، ولا تدخل في أي متوسط. (+1) قراءة إضافية. الصباح من 04:00 إلى 12:00 والمساء من 16:00 إلى 04:00، ومتوسط اليوم من أول قراءتين في كل منهما.
report-range = النطاق
report-share = النسبة
report-by-time = بحسب ساعات اليوم
report-bands-key = الخط: الوسيط. الداكن: النصف الأوسط من القيم. الفاتح: تسع قيم من كل عشر. الخطوط الرفيعة عند 70 و180 و300 ملغ/دل.
report-median-between = من الساعة { $from } إلى { $to } بين { $low } و{ $high } ملغ/دل
report-bands-picture = رسم بياني لسكر الدم بحسب ساعات اليوم. الوسيط { $said }.
report-each-day = كل يوم
report-days-key = من منتصف الليل إلى منتصف الليل، من 40 إلى 400 ملغ/دل. الخطان الرفيعان عند 70 و180 ملغ/دل.
report-day-between = { $date }: من { $low } إلى { $high } ملغ/دل.
report-day-empty = { $date }: لا قيم.
report-check-title = هل هذه الصفحة كما هي؟
report-check-how = في سالوس اختر «التقارير» ثم «التحقق من تقرير»، واختر هذا الملف أو اكتب الرمز أعلاه. يعرض سالوس ما يدل عليه الرمز، فقارنه بهذه الصفحة. ويبيّن أيضًا متى سجّله الأعضاء.
report-square = رمز هذه الصفحة، للماسح الضوئي
report-attached = ما تقوله هذه الصفحة، للتحقق منها
report-attached-seal = حيث سجّل الأعضاء رمز هذه الصفحة
reports-title = التقارير
reports-open = عرض التقارير
reports-take = إعداد تقرير لأخذه معك
reports-what = صفحة تأخذها معك أو ترسلها: جُمل وأرقام ورسوم صغيرة، مع رمز يستطيع به كل من لديه سالوس أن يتحقق من أنها لم تُغيَّر.
reports-open-file = الملف غير مشفّر. من يملكه يستطيع قراءته، فاحفظه حيث لا يصل إليه غيرك.
reports-kind = أي نوع من الصفحات؟
reports-visit = للزيارة
reports-visit-hint = كل نوع من القراءات في جملة، مع أرقامه ورسم صغير.
reports-diary = مفكرة ضغط الدم
reports-diary-hint = سطر لكل يوم، صباحًا ومساءً، مع متوسط أسبوع في المنزل.
reports-glucose = ملف سكر الدم
reports-glucose-hint = أربعة عشر يومًا من مستشعر السكر: الوقت ضمن النطاق، والملف بحسب ساعات اليوم.
reports-time = أي أيام؟
reports-week = آخر 7 أيام
reports-month = آخر 30 يومًا
reports-quarter = آخر 90 يومًا
reports-of-what = ماذا تريد فيها؟
reports-of-nothing = اختر نوعًا واحدًا على الأقل.
reports-language = بأي لغة؟
reports-make = إعداد الصفحة
reports-working = جارٍ إعداد الصفحة
reports-written = كُتبت الصفحة. رمزها { $code }.
reports-waits = يسجّل الأعضاء الرمز حالما يمكن الوصول إليهم.
reports-mine = التقارير التي أُعدّت هنا
reports-none = لم يُعدّ هنا أي تقرير بعد.
reports-nothing-yet = لا شيء يوضع في صفحة بعد. أول قراءة لك تجعل ذلك ممكنًا.
reports-line = { $kind }، { $person }، { $span }. أُعدّ { $when }.
reports-recorded = سجّله الأعضاء { $when }.
reports-not-recorded = لم يسجّله الأعضاء بعد.
reports-check = التحقق من تقرير
reports-check-what = اختر الملف، أو اكتب الرمز المطبوع في آخر الصفحة.
reports-check-file = اختيار الملف
reports-check-working = جارٍ التحقق
reports-check-code = الرمز الذي على الصفحة
reports-check-typed = التحقق من الرمز
reports-is-proven = هذا التقرير من هذا السجل ولم يُغيَّر. سجّله الأعضاء { $when }.
reports-is-waiting = هذا التقرير من هذا السجل ولم يُغيَّر. لم يسجّله الأعضاء بعد، أو لا يمكن سؤالهم الآن.
reports-is-elsewhere = ما يقوله هذا الملف سجّله الأعضاء { $when } ولم يُغيَّر منذئذ. وهو ليس من هذا السجل، ولا يعلم الأعضاء من أعدّه.
reports-is-nobody = لا هذا السجل ولا الأعضاء يعرفون هذا التقرير. لا تعتمد عليه.
reports-is-unasked = لم يُعدّ هذا السجل هذا التقرير، ولا يمكن سؤال الأعضاء الآن. لا تعتمد عليه حتى ذلك الحين.
reports-code-is = الرمز { $code }. يجب أن يكون هو نفسه على الورق.
reports-compare = ما يدل عليه الرمز
reports-compare-hint = قارن هذا بالصفحة: فقد تُصنع صفحة تشبه غيرها، أما المكتوب هنا فلا.
reports-opened = إعداد صفحة للطباعة
reports-opened-what = مما فُتح ولا شيء غيره، وعليها اسمك. الملف غير مشفّر.
reports-helped-what = مما هو معروض أعلاه ولا شيء غيره: لا يُفتح لأجلها شيء آخر من قراءات { $name }. وعليها اسم { $name }، واسمك بصفتك من أعدّها. الملف غير مشفّر.
card-pdf = حفظ كملف للطباعة
card-pdf-working = جارٍ إعداد الصفحة
card-pdf-done = كُتبت الصفحة. فيها مفتاح البطاقة: من يملك الملف يملك البطاقة. احذفه بعد طباعته.
error-not-a-report = هذا الملف ليس تقريرًا أعدّه سالوس، أو حفظه برنامج آخر من جديد.
    .fix = اختر الملف كما أعدّه سالوس، أو اكتب الرمز المطبوع على الصفحة.
error-report-altered = غُيّر هذا التقرير بعد أن سجّله الأعضاء.
    .fix = لا تعتمد عليه. اطلب الصفحة من الشخص مرة أخرى.
error-unknown-report = لا يوجد في هذا السجل تقرير بهذا الرمز.
    .fix = اختر الملف نفسه، فبه يمكن سؤال الأعضاء عن تقارير سجلات أخرى أيضًا.
error-bad-report-code = هذا ليس رمز تقرير: فيه حرف خاطئ أو ناقص.
    .fix = قارنه بالصفحة مجموعة مجموعة. فيه ثماني مجموعات من أربعة.

## رمز من صورة
code-square = الرمز في صورة
code-picture = أخذ الرمز من صورة
code-picture-hint = لقطة شاشة، أو صورة للرمز المربع. هذا يملأ الحقل فقط، والكتابة ممكنة دائمًا.
code-picture-done = الرمز الذي في الصورة موجود الآن في الحقل أعلاه. تابع كأنك كتبته بنفسك.
error-not-a-picture = هذا الملف ليس صورة يستطيع سالوس قراءتها.
    .fix = اختر لقطة شاشة أو صورة فوتوغرافية: ملف PNG أو JPEG. أو اكتب الرمز.
error-picture-too-large = هذه الصورة كبيرة جدًا.
    .fix = الحد الأقصى 40 مليون نقطة و16 ميغابايت. التقط لقطة شاشة، أو صورة بحجم أصغر. أو اكتب الرمز.
error-picture-damaged = هذه الصورة تالفة: جزء منها ناقص أو لا يمكن قراءته.
    .fix = انسخها من الهاتف أو الكاميرا مرة أخرى، أو التقط صورة غيرها. أو اكتب الرمز.
error-no-code-seen = لا يمكن قراءة أي رمز في هذه الصورة.
    .fix = أبقِ الورقة مستوية وفي ضوء جيد، ودع الرمز يملأ نصف الصورة. أو اكتب الرمز.
error-several-codes = في هذه الصورة عدة رموز مختلفة.
    .fix = التقط صورة ليس فيها إلا واحد منها. أو اكتب الرمز.
error-other-code = الرمز الذي في هذه الصورة ليس من سالوس.
    .fix = تحقق من أنه الرمز الذي عُرض عليك في سالوس أو على ورقة منه. لم يُفتح ولم يُتبع.
