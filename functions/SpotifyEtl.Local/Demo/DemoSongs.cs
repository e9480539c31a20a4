namespace SpotifyEtl.Local.Demo;

/// <summary>An invented record.</summary>
/// <param name="Released">A year, a month or a day: how exactly the date is known.</param>
/// <param name="Tracks">How many tracks it has in all.</param>
internal sealed record DemoAlbum(string Name, string Artist, string Released, string Type, int Tracks, params DemoSong[] Songs);

/// <summary>An invented song.</summary>
/// <param name="Length">Minutes and seconds.</param>
/// <param name="Guests">Who else plays, besides the album's artist.</param>
internal sealed record DemoSong(string Title, int Popularity, string Length, params string[] Guests)
{
    public bool Explicit { get; init; }

    /// <summary>Who plays, where the album is by several.</summary>
    public string? Artist { get; init; }
}

/// <summary>The music of the demo. None of these people, records and songs exists.</summary>
internal static class DemoSongs
{
    public const string Various = "Various Artists";

    private const string Brass = "Tin Lantern Parade";
    private const string Heron = "Marble Heron";
    private const string Ibisko = "Ibisko & the Low Tides";
    private const string Leila = "ليلى السفّانة";
    private const string Mint = "波止場ミント";
    private const string Orchard = "Fenwick & Daughters";
    private const string Pomelo = "Dr. Pomelo";
    private const string Yusra = "Yusra Okoro-Lind";
    private const string Zeewind = "Hanneke Zeewind";
    private const string Zofie = "Žofie Měsíčková";

    public static readonly IReadOnlyList<DemoAlbum> Albums =
    [
        new("Salt Letters", Heron, "2025-09-12", "album", 11,
            new("Harbour, Then Rain", 97, "3:34"),
            new("Slow Ferry Home", 88, "4:02", Yusra),
            new("Postcards to the Tide", 74, "3:47", Ibisko),
            new("Eleven Windows", 55, "5:16")),
        new("Neon for Gardeners", Pomelo, "2026-02-27", "album", 13,
            new("Greenhouse Disco", 95, "2:58"),
            new("Pollen Count", 90, "3:11", "Mwezi Sound Bureau"),
            new("Tomatoes on the Balcony", 81, "3:25", Yusra),
            new("Compost Heart", 63, "2:44") { Explicit = true }),
        new("真夜中の回転木馬", Mint, "2024-11", "album", 9,
            new("真夜中の回転木馬", 86, "4:21"),
            new("雨傘シンフォニー", 71, "3:58"),
            new("港町エレベーター", 58, "3:40", Pomelo)),
        new("Kilometre Nought", Brass, "2021-06-04", "album", 12,
            new("The Last \"Good Morning\"", 84, "3:19"),
            new("Brass in the Stairwell", 69, "4:45"),
            new("Pigeons of Platform Six", 61, "2:52")),
        new("Ζεστή Πέτρα", "Ζωή Αλμυρίδη", "2019", "album", 8,
            new("Αλάτι στα Μαλλιά", 79, "3:52", Heron),
            new("Καλοκαίρι Χωρίς Ρολόι", 66, "4:08")),
        new("Дом у старого маяка", "Соня Верескова", "2017-10-20", "album", 10,
            new("Снег на пристани", 77, "4:33", Zofie, Yusra),
            new("Пять минут до марта", 52, "3:05")),
        new("바다로 가는 자전거", "고래 자전거 수리점", "2023-05-19", "single", 5,
            new("고래의 점심시간", 83, "3:28", Pomelo),
            new("우체통 속의 여름", 68, "3:44", Mint)),
        new("Fifth Floor, No Lift", "תזמורת הגג החמישי", "2015-04", "album", 10,
            new("כביסה לאור הירח", 62, "4:17"),
            new("שבעים ושתיים מדרגות", 41, "5:02")),
        new("Café de las Nubes Bajas", "Trío Paraguas", "2008", "album", 14,
            new("La lluvia, otra vez", 72, "3:36"),
            new("Bolero para un paraguas", 59, "4:24"),
            new("El ñandú sonámbulo", 44, "2:39")),
        new("Low Tide Standards", Ibisko, "2011-03-18", "album", 12,
            new("Umbrella Weather", 80, "3:15", Yusra),
            new("Sand in the Piano", 57, "4:50"),
            new("Anchor Waltz", 38, "3:33")),
        new("Brev fra øya", "Fjordpost", "2013-01-25", "album", 10,
            new("Vindmøllevise", 70, "3:22"),
            new("Båten til ingensteds", 49, "4:41", Zeewind, Heron)),
        new("Monsoon Wireless", "नीली पतंग क्लब", "2022-07-15", "album", 9,
            new("छत पर तीन बादल", 82, "3:49", Pomelo),
            new("आधी रात की चाय", 65, "4:12"),
            new("लाल साइकिल वाली", 47, "3:07")),
        new("رسائل من المنارة", Leila, "2020-12-04", "album", 11,
            new("قمر على سطح الجيران", 78, "4:28"),
            new("قهوة وريح", 60, "3:55", Brass)),
        new("Polder Sessions", Zeewind, "2005-08", "album", 10,
            new("Dijk bij nacht", 67, "3:18"),
            new("Fietslicht", 50, "2:47"),
            new("Koffie om vier uur", 36, "3:02")),
        new("Mwezi Mpya", "Mwezi Sound Bureau", "2024-04-26", "album", 12,
            new("Mwezi Mpya", 89, "3:39", Pomelo),
            new("Boda Boda Serenade", 75, "3:21", Leila),
            new("Kivuli cha Embe", 54, "4:06", Yusra)),
        new("Static in Bloom", Yusra, "2026-07-31", "single", 1,
            new DemoSong("Static in Bloom", 93, "3:03", Heron)),
        new("แมวส่งจดหมาย", "วงแมวดาวอังคาร", "2025-06", "single", 2,
            new DemoSong("แมวส่งจดหมาย", 76, "3:27")),
        new("Night Trams, Volume 2", Various, "2016-11-11", "compilation", 20,
            new("Depot", 64, "3:50") { Artist = Orchard },
            new("Conductor's Lullaby", 46, "4:19", Zeewind) { Artist = Orchard },
            new("Overhead Wires", 53, "3:12") { Artist = Zofie },
            new("Poslední tramvaj domů", 48, "5:08", Pomelo) { Artist = Zofie }),
        new("Orchard Arithmetic", Orchard, "2009-09-25", "album", 11,
            new("Two Pears, One Ladder", 73, "3:16"),
            new("Windfall Season", 45, "2:55") { Explicit = true },
            new("Counting Sheepdogs", 33, "4:38")),
        new("Atlas of Small Rooms", Zofie, "2018-02-09", "album", 9,
            new("Pokoj č. 7", 56, "3:43"),
            new("Atlas of Small Rooms", 43, "6:01", Heron)),
        new("Paper Thunder", "Cassette Almanac", "2004", "album", 13,
            new("Paper Thunder", 85, "3:31"),
            new("Hold Music for Giants", 51, "4:04"),
            new("Answering Machine, Side B", 42, "2:36")),
        new("Sunday Machinery", "The Wednesday Engineers", "2023-03-03", "album", 10,
            new("Spanner in the Choir", 87, "3:08", Pomelo),
            new("Torque Song", 40, "2:50") { Explicit = true },
            new("Lathe Love", 34, "3:59")),
    ];
}
