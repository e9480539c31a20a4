namespace SpotifyEtl.Settings;

/// <summary>
/// A section of the app settings: its properties that can be set are the settings <c>{Section}__{Property}</c>, each with a <see cref="SettingAttribute"/>.
/// Binding, the check at start, doctor, the sample and the docs find the sections and their settings by themselves.
/// </summary>
public interface ISettings
{
    static abstract string SectionName { get; }

    /// <summary>A sentence for each setting that is not allowed: its name, its value unless it is a secret, and what is allowed.</summary>
    IEnumerable<string> Faults();
}
