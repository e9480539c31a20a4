namespace SpotifyEtl.Local.Hosting;

/// <summary>What a verb is going to do with a lake, by which it takes one where none is named.</summary>
internal enum LakeUse
{
    /// <summary>It loads playlists; without credentials the demo's.</summary>
    Load,

    /// <summary>It loads raw files, and needs no Spotify.</summary>
    LoadRaw,

    /// <summary>It makes the runs that it is asked for, and that are due.</summary>
    Serve,

    /// <summary>It looks whether runs could be made.</summary>
    Examine,

    /// <summary>It shows what was loaded, or does that again.</summary>
    Look,
}
