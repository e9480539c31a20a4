namespace SpotifyEtl.Settings;

/// <summary>What the docs say of a setting.</summary>
/// <param name="kind">What its value is: text, list, time, secret …</param>
/// <param name="meaning">What it does.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string kind, string meaning) : Attribute
{
    public string Kind => kind;

    public string Meaning => meaning;

    /// <summary>What is allowed, where a value may be none of its type: <c>a time such as 00:30:00</c>.</summary>
    public string? Allowed { get; init; }

    /// <summary>The default in words, where that is not the property's value.</summary>
    public string? Default { get; init; }
}
