using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace SpotifyEtl.Settings;

/// <summary>One app setting.</summary>
public sealed class Setting
{
    private readonly PropertyInfo _property;

    internal Setting(string section, PropertyInfo property, object options)
    {
        _property = property;
        Name = $"{section}__{property.Name}";
        About = property.GetCustomAttribute<SettingAttribute>() ?? throw new InvalidOperationException($"{Name} has no {nameof(SettingAttribute)}.");
        Default = property.GetValue(options) switch
        {
            null or "" => null,
            bool value => value ? "true" : "false",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>As it is set: <c>Catalog__Timeout</c>.</summary>
    public string Name { get; }

    public SettingAttribute About { get; }

    /// <summary>The value that it has when it is not set; null: none.</summary>
    public string? Default { get; }

    /// <summary>Its name in its section.</summary>
    internal string Key => _property.Name;

    /// <summary>Why a text cannot be its value, whatever that may mean; null: it can.</summary>
    internal string? Fault(string value)
    {
        if (_property.PropertyType == typeof(string) || TypeDescriptor.GetConverter(_property.PropertyType).IsValid(value))
        {
            return null;
        }

        return $"{Name} is '{value}'; it must be {About.Allowed}.";
    }
}
