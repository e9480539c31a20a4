namespace EmbeddedHost.Tests.Contract;

/// <summary>Says which public member a test is about: <c>context.</c> or <c>client.</c> and its signature.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CoversAttribute(string member) : Attribute
{
    public string Member { get; } = member;
}
