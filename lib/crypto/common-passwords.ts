// What people choose when they are asked for a password: the pieces that guessers put together first.

const words = `
password passwd passwort passcode passphrase pass pwd secret secrets secure security login logon signin access account
admin administrator root superuser user username guest test tester testing demo sample example default changeme change
letmein welcome hello hallo hola hi hey goodbye master mistress boss manager system server network internet computer
laptop desktop windows linux ubuntu debian apple macbook iphone android samsung nokia google facebook twitter
instagram youtube tiktok amazon netflix spotify microsoft office outlook excel yahoo gmail hotmail email mail phone
mobile database oracle mysql postgres cisco docker github gitlab website online digital cyber hacker hack hacked
matrix neo trinity morpheus skynet terminator robot robots love lover lovers loveme loveyou iloveyou iloveu ihateyou
hate hateyou kiss kisses kissme hug hugs sweet sweetie sweetheart honey baby babe babygirl babyboy babydoll darling
dear angel angels devil demon heaven hell god godisgood jesus christ jesuschrist blessed bless faith hope grace mercy
pray prayer church bible holy spirit soul heart hearts broken forever always never eternity infinity together friend
friends friendship bestfriend bff buddy mate family mother father mommy mummy mama papa daddy mom dad sister brother
grandma grandpa uncle auntie cousin wife husband boyfriend girlfriend girl girls boy boys princess prince queen king
kings queens kingdom lord lady duke knight warrior soldier sniper hunter killer assassin ninja samurai pirate pirates
viking gladiator spartan legend legends hero heroes champion champions winner winners loser player players gamer games
gaming dragon dragons monkey donkey horse horses pony unicorn tiger tigers lion lions leopard panther panthers jaguar
cheetah bear bears wolf wolves fox foxes rabbit bunny kitty kitten kittens cat cats dog dogs puppy doggy doggie
bulldog bulldogs husky poodle eagle eagles falcon falcons hawk hawks raven ravens penguin penguins duck ducks chicken
turkey rooster goose swan parrot birdie bird birds shark sharks dolphin dolphins whale fish fishing turtle turtles
frog frogs snake snakes cobra viper spider spiderman scorpion butterfly ladybug bee honeybee hornet elephant rhino
hippo giraffe zebra gorilla panda koala kangaroo buffalo bull cow pig piggy sheep lamb goat mouse mickey mickeymouse
minnie donald daffy pluto goofy bambi simba nemo shrek pikachu pokemon digimon naruto sasuke sakura goku vegeta
dragonball onepiece luffy bleach zelda mario luigi sonic tetris minecraft roblox fortnite callofduty halo doom quake
warcraft starcraft diablo overwatch leagueoflegends dota counterstrike battlefield assassinscreed finalfantasy
playstation xbox nintendo gameboy sega starwars startrek skywalker vader darthvader yoda jedi sith chewbacca hansolo
obiwan anakin stormtrooper enterprise spock picard gandalf frodo bilbo aragorn legolas gollum sauron hobbit
lordoftherings harrypotter potter hermione dumbledore voldemort snape hogwarts gryffindor slytherin ravenclaw
hufflepuff batman superman wonderwoman ironman captain captainamerica thor hulk avengers marvel wolverine deadpool
joker harley harleyquinn catwoman robin flash aquaman football soccer baseball basketball volleyball hockey tennis
golf golfer cricket rugby boxing boxer wrestling karate skating skate skateboard surfing surfer swimming swimmer
running runner cycling bicycle racing racer nascar formula ferrari porsche lamborghini mercedes bmw audi toyota honda
yamaha suzuki kawasaki ducati harleydavidson corvette mustang camaro chevy chevrolet ford dodge charger challenger
jeep wrangler tesla truck trucks tractor car cars bike motor engine turbo diesel driver drive speed fast faster
furious liverpool chelsea arsenal manchester manunited united mancity everton tottenham celtic rangers barcelona
realmadrid madrid juventus milan inter bayern dortmund ajax benfica porto fenerbahce galatasaray besiktas messi
ronaldo neymar beckham rooney gerrard zidane pele maradona jordan michaeljordan lebron kobe lakers celtics bulls
yankees redsox mets cubs dodgers giants cowboys steelers packers patriots broncos raiders redskins dallas chicago
boston newyork brooklyn manhattan losangeles california florida texas houston austin phoenix denver seattle portland
atlanta miami orlando detroit cleveland philadelphia washington america american usa london england britain ireland
scotland wales paris france french berlin germany german deutschland munich hamburg italy italian roma rome milano
napoli spain spanish espana portugal lisbon brazil brasil mexico mexican argentina colombia chile peru venezuela
canada toronto montreal vancouver australia sydney melbourne newzealand africa nigeria kenya egypt cairo morocco india
indian mumbai delhi bangalore pakistan karachi lahore bangladesh nepal srilanka thailand bangkok singapore malaysia
indonesia jakarta philippines manila vietnam hanoi saigon hochiminh danang haiphong hue china chinese beijing shanghai
shenzhen guangzhou hongkong taiwan taipei japan japanese tokyo osaka kyoto nagoya sapporo fukuoka korea seoul busan
russia russian moscow moskva ukraine kiev poland polska warsaw czech prague austria vienna swiss zurich geneva sweden
stockholm norway oslo denmark copenhagen finland helsinki iceland holland amsterdam belgium brussels greece athens
istanbul ankara israel jerusalem iran iraq dubai arabia europe asia earth world planet mars venus jupiter saturn
mercury neptune galaxy universe space star stars moon moonlight sun sunshine sunny sunset sunrise sky skyline cloud
clouds rain rainbow rainy storm thunder lightning snow snowball snowman snowflake ice icecream fire flame water ocean
sea beach island river lake mountain mountains forest tree trees flower flowers rose roses lily daisy tulip orchid
lotus jasmine violet iris sunflower garden nature spring summer autumn fall winter season january february march april
may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
weekend today tomorrow yesterday tonight morning night midnight daylight christmas xmas santa santaclaus halloween
easter thanksgiving newyear happynewyear birthday happybirthday holiday vacation party wedding anniversary red green
blue yellow orange purple pink black white brown grey gray silver golden gold platinum diamond diamonds ruby emerald
sapphire crystal pearl amber jade bronze copper iron steel metal metallica slipknot nirvana linkinpark greenday
blink182 acdc ironmaiden guitar guitars piano violin drums drummer bass music musica musician song songs singer dancer
dance dancing rock rocknroll rockstar rocker punk metalhead hiphop rap rapper eminem tupac snoopdogg jayz beyonce
rihanna britney madonna michael michaeljackson jackson elvis beatles lennon mccartney freddie pinkfloyd ledzeppelin
rollingstones coldplay onedirection justin justinbieber bieber selena taylor taylorswift swift bts blackpink exo kpop
jimin jungkook taehyung suga anime manga otaku kawaii chocolate cookie cookies candy cupcake cake cheese cheesecake
pizza burger hamburger hotdog sandwich bacon butter pepper sugar spice ginger cinnamon vanilla strawberry cherry
banana bananas apples lemon lime peach mango melon watermelon pineapple coconut grape grapes blueberry raspberry
blackberry tomato potato carrot onion garlic coffee espresso latte tea milk beer whiskey whisky vodka tequila wine
champagne martini cocktail cocacola pepsi sprite redbull smoke smoking cigarette marlboro camel weed marijuana ganja
cannabis money dollar dollars cash rich million millionaire billion bank banker credit business work worker working
company job career school student students teacher teaching college university academy campus class homework library
books book reading reader writer poetry story history science physics chemistry biology math maths mathematics english
doctor nurse hospital medical dental lawyer police fireman firefighter pilot airplane airline airbus boeing flight
flying sailor sailing navy army marines airforce military tank bomber rifle pistol gun guns bullet knife sword shield
arrow michelle jessica ashley amanda jennifer sarah stephanie nicole elizabeth heather melissa megan rachel lauren
samantha danielle brittany rebecca laura kimberly tiffany christina amy kelly emily erin jamie victoria katie alexis
vanessa andrea natalie maria anna angela sandra patricia linda barbara susan margaret dorothy lisa nancy karen betty
helen donna carol ruth sharon deborah sophia olivia emma isabella mia charlotte amelia chloe zoe lucy alice molly
maggie bella luna sadie lola coco rosie penny gabriel gabriela camila valentina daniela alejandro alejandra carlos
jose juan luis jorge miguel antonio fernando francisco manuel pedro pablo diego rafael ricardo roberto eduardo javier
sergio marco giovanni giuseppe lorenzo matteo alessandro francesca giulia chiara james john robert william david
richard joseph thomas charles christopher daniel matthew anthony mark steven paul andrew joshua kenneth kevin brian
george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry scott brandon benjamin
samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron henry adam douglas nathan peter zachary
kyle walter harold jeremy ethan carl keith roger gerald christian terry sean arthur noah jesse joe bryan billy albert
dylan bruce willie alan randy logan max buster charlie rocky bailey toby oscar oliver leo milo teddy simon martin
stefan andreas klaus jurgen hans fritz pierre jean michel nicolas sebastien philippe claire camille chantal ivan
dmitri sergey andrey alexey natasha tatiana olga svetlana ahmed mohamed mohammed muhammad ali omar hassan hussein
ibrahim yusuf mustafa fatima aisha khan singh kumar sharma gupta patel raj rahul priya krishna ganesh shiva lakshmi
sairam allah allahuakbar bismillah inshallah islam woaini woaiwojia woaini1314 aini laopo laogong baobao zhongguo
nihao wang zhang chen yang huang zhao zhou liming wangwei zhangwei lifang xiaoming mima jintian mingtian kuaile
shengri shengrikuaile xinnian gongxi facai wode nide taobao tencent weixin wechat baidu alibaba qwe123 asd123 zxc123
abc123 aa123456 a123456 q1w2e3 q1w2e3r4 qweasd qweasdzxc qazwsx zaq1 zaq12wsx 1qaz 2wsx xsw2 aishiteru daisuki
konnichiwa arigato sayonara tanaka sato takahashi watanabe yamamoto nakamura kobayashi kato yoshida hiroshi takashi
kenji yuki haruka hanako taro nippon tomodachi neko inu himitsu pasuwado doraemon totoro matkhau matkhaucuatoi
anhyeuem emyeuanh yeuem yeuanh iuem tinhyeu giadinh conyeu bome bovame mehanh nguyen tran pham hoang phan huynh dang
bui ngo duong linh minh anh hung tuan huong thao trang phuong lan mai hoa thuy nga xinchao camon hanhphuc thanhcong
sinhnhat chucmung saranghae hananim minji jihoon kimchi contrasena contrasenia secreto amor teamo tequiero miamor
corazon estrella princesa hermosa bonita chiquita mariposa gatito perrito familia hermano hermana amigo amigos amistad
dios bendicion felicidad senha amorzinho meuamor flamengo corinthians palmeiras saopaulo gremio saudade motdepasse
azerty bonjour salut soleil amour jetaime doudou loulou chouchou marseille bordeaux toulouse schatz schatzi liebe
ichliebedich geheim sommer fussball sonnenschein schalke wachtwoord welkom haslo kochanie misiek parola cambiami ciao
amore tiamo forzamilan parol privet lyubov krasota sifre seviyorum askim canim shadow shadows light dark darkness
ghost ghosts vampire zombie zombies witch wizard magic magical magician castle tower bridge house home homes room
kitchen window door doors key keys lock street road highway city town village country park market shop shopping store
sale free freedom liberty justice peace war power powerful strong stronger strength energy force lucky luck fortune
destiny fate karma zen buddha amitabha dream dreams dreamer sleep sleepy sleeping crazy insane mad madness wild cool
cooler coolest hot hotter sexy sexyboy sexygirl hottie beautiful beauty pretty cute cutie cuteness handsome smart
clever genius stupid idiot dumb fool foolish funny fun laugh smile smiley smiling happy happiness sad sadness cry
crying angry anger fear afraid brave bravo courage honor glory victory winning rambo bond jamesbond ozzy snoopy
garfield tweety scooby scoobydoo popeye tarzan aladdin ariel elsa frozen olaf barbie tinkerbell peterpan pinocchio
cinderella snowwhite rapunzel pocahontas mulan stitch lilo nala mufasa winniethepooh pooh eeyore piglet tigger
teddybear bubbles bubble blossom buttercup peanut peanuts pumpkin noodle noodles rice bread pasta spaghetti lasagna
salad soup steak fries popcorn pancake waffle muffin brownie donut toffee caramel honeybun jellybean jelly gummy
skittles snickers oreo nutella pickle pickles taco tacos burrito nacho nachos salsa sushi ramen tofu curry kebab
magnet thunderbolt hammer hammers stone stones sand desert wind windy breeze hurricane tornado earthquake volcano lava
freeze frost cold warm heat sweetpea sunflowers angelina angelica angelo dominic vincent victor hector antony tony
toni andy eddie freddy johnny johnnie bobby bob tommy timmy jimmy jim bill willy will mikey mike nick nicky rick ricky
steve dave danny dan sam sammy matt alex lexi becky vicky kathy cathy cindy wendy mandy sandy brandy polly holly sally
hanna hannah ellie ella evie ava rosa carmen lucia sofia elena irene monica veronica claudia silvia sylvia paula carla
marina martina cristina adriana juliana mariana luciana fabiana renata hello123 admin123 root123 pass123 test123
user123 love123 welcome123 qwerty123 monkey123 dragon123 letmein123 princess123 one1 number1 numberone first1 best
thebest better good great awesome amazing perfect fantastic excellent super superb mega ultra hyper extreme maximum
maximus spartacus achilles hercules zeus apollo athena poseidon hades odin freya ragnarok valhalla loki pegasus
griffin hydra medusa minotaur cyclops titan titans olympus atlantis excalibur merlin camelot lancelot pencil paper
notebook chair table lamp mirror clock watch ring necklace bracelet hat shoes shirt dress jeans jacket boots camera
video movie movies film hollywood cinema theater theatre actor actress disney disneyland pixar dreamworks universal
president government obama trump clinton bush kennedy lincoln churchill napoleon caesar cleopatra columbus einstein
newton1 galileo edison darwin picasso davinci mozart beethoven bach chopin shakespeare hemingway asdf asdfg asdfgh
asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qwer qwert qwerty qwertyui qwertyuiop poiuyt lkjhgf mnbvcx wasd zaqwsx
`;

/** Pieces that hold a phrase together and add next to nothing to guess. */
const small = `
a an the my me mi you your u i im is it its am are was be in on at to of for from with and or not no yes so do we us
our they them he she his her this that these those what who where when why how here there now new old big little one
two three four five six seven eight nine ten zero first second number all very too 1st 2nd 4ever 4u de la le les el
los du des das der die mein mon ma mes tu te je yo wo ni cua toi anh em com net org www http https
`;

/** Whole texts that are long and known to everybody, without spaces and marks. */
const phrases = `
correcthorsebatterystaple thequickbrownfoxjumpsoverthelazydog thequickbrownfox tobeornottobe
tobeornottobethatisthequestion loremipsumdolorsitamet loremipsumdolor maytheforcebewithyou
supercalifragilisticexpialidocious antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis
floccinaucinihilipilification hippopotomonstrosesquippedaliophobia twinkletwinklelittlestar happybirthdaytoyou
merrychristmasandahappynewyear wewishyouamerrychristmas ihaveadream thereisnospoon wintersiscoming winteriscoming
valarmorghulis youshallnotpass onceuponatime iloveyoutothemoonandback livelaughlove carpediem hakunamatata inittowinit
keepcalmandcarryon dontworrybehappy donttouchmyphone openthedoor opensesame abracadabra avadakedavra expectopatronum
wingardiumleviosa alohomora iwillalwaysloveyou bohemianrhapsody stairwaytoheaven hotelcalifornia smellsliketeenspirit
letitbe heyjude allyouneedislove yellowsubmarine wearethechampions wewillrockyou neverforgetneverforgive ingodwetrust
godblessamerica godblessyou jesuslovesme thelordismyshepherd whatdoesthefoxsay nevergonnagiveyouup rickrolled
astalavistababy hastalavistababy illbeback luke iamyourfather itsover9000 allyourbasearebelongtous thecakeisalie
warneverchanges ilovemyfamily ilovemydog ilovemycat ilovemymom iforgotmypassword icantremembermypassword
idontknowmypassword nopasswordneeded thisisnotapassword thisismypassword mypasswordispassword passwordpassword
passwordispassword incorrectpassword yourpasswordisincorrect enteryourpassword typeyourpasswordhere whatsthepassword
ihatepasswords ihavenopassword longpasswordsarebest thisisaverylongpassword averylongpassword thisisalongpassword
mysecurepassword notmypassword newpassword1234567 temporarypassword temporarypasswd changethispassword
changemeimmediately pleasechangeme pleasechangethis supersecretpassword topsecretpassword donotusethispassword
tianwanggaidihu chuangqianmingyueguang woaibeijingtiananmen haohaoxuexitiantianxiangshang gongxifacai shengrikuaile
yorokondeyoroshiku yoroshikuonegaishimasu irohanihoheto motdepassesecret vivelafrance alleswirdgut ichliebedichsosehr
tracotuankhongquendau khongcogiquyhondoclaptudo emyeuanhnhieulam anhyeuemnhieulam lamongquantanggiachungminh
`;

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

export const COMMON_WORDS = list(words);
export const SMALL_WORDS = list(small);
export const COMMON_PHRASES = list(phrases);
