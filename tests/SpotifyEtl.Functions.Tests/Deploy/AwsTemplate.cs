using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>functions/deploy/aws.yaml as CloudFormation would read it with some parameters: names filled in, what a condition leaves out left out.</summary>
internal sealed partial class AwsTemplate
{
    public const string Account = "123456789012";
    public const string Region = "eu-west-3";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Identity = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string Key = $"arn:aws:kms:{Region}:{Account}:key/lake";

    private readonly YamlMappingNode _root;
    private readonly Dictionary<string, string> _parameters;

    private AwsTemplate((string Name, string Value)[] given)
    {
        YamlStream yaml = new();
        using (StringReader text = new(Text))
        {
            yaml.Load(text);
        }

        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
        _parameters = Section("Parameters").ToDictionary(
            parameter => parameter.Name,
            parameter => given.FirstOrDefault(one => one.Name == parameter.Name).Value ?? Scalar(((YamlMappingNode)parameter.Node)["Default"]),
            StringComparer.Ordinal);
        Assert.Empty(given.Select(one => one.Name).Except(_parameters.Keys, StringComparer.Ordinal));
        Resources = Read("Resources");
        Outputs = Read("Outputs");
    }

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Deploy", "aws.yaml");

    public static string Text { get; } = File.ReadAllText(Path);

    public IReadOnlyDictionary<string, JsonObject> Resources { get; }

    public IReadOnlyDictionary<string, JsonObject> Outputs { get; }

    /// <summary>Its defaults, with these parameters.</summary>
    public static AwsTemplate With(params (string Name, string Value)[] parameters) => new(parameters);

    /// <summary>As it is for a function app on Azure.</summary>
    public static AwsTemplate ForAzure(params (string Name, string Value)[] more) => new([("TenantId", Tenant), ("IdentityObjectId", Identity), .. more]);

    /// <summary>The properties of all resources of a type, such as <c>AWS::Glue::Crawler</c>.</summary>
    public IReadOnlyList<JsonObject> Of(string type) =>
        [.. Resources.Values.Where(resource => (string?)resource["Type"] == type).Select(resource => resource["Properties"]!.AsObject())];

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string Tag(YamlNode node) => node.Tag.IsEmpty ? "" : node.Tag.Value;

    private IEnumerable<(string Name, YamlNode Node)> Section(string name) =>
        ((YamlMappingNode)_root[name]).Select(entry => (Scalar(entry.Key), entry.Value));

    private Dictionary<string, JsonObject> Read(string section) => Section(section)
        .Where(entry => Child((YamlMappingNode)entry.Node, "Condition") is not { } condition || IsTrue(Scalar(condition)))
        .ToDictionary(entry => entry.Name, entry => Resolve(entry.Node)!.AsObject(), StringComparer.Ordinal);

    private JsonNode? Resolve(YamlNode node) => (Tag(node), node) switch
    {
        ("!Ref", YamlScalarNode scalar) => Referred(scalar.Value!),
        ("!Sub", YamlScalarNode scalar) => Substitute(scalar.Value!, []),
        ("!Sub", YamlSequenceNode parts) => Substitute(Scalar(parts[0]), Resolve(parts[1])!.AsObject()),
        ("!If", YamlSequenceNode parts) => Resolve(parts[IsTrue(Scalar(parts[0])) ? 1 : 2]),
        ("!Join", YamlSequenceNode parts) => string.Join(Scalar(parts[0]), Resolve(parts[1])!.AsArray()),
        ("!GetAtt", YamlScalarNode { Value: { } value }) when value.EndsWith("Role.Arn", StringComparison.Ordinal) =>
            $"arn:aws:iam::{Account}:role/{NameOf(value[..^4])}",
        (_, YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } scalar) => scalar.Value == "true",
        (_, YamlScalarNode scalar) => scalar.Value,
        (_, YamlSequenceNode items) => new JsonArray([.. items.Select(Resolve).Where(item => item is not null)]),
        (_, YamlMappingNode map) when Child(map, "Fn::Base64") is { } plain => Convert.ToBase64String(Encoding.UTF8.GetBytes((string)Resolve(plain)!)),
        (_, YamlMappingNode map) => new JsonObject(
            map.Select(entry => KeyValuePair.Create(Scalar(entry.Key), Resolve(entry.Value))).Where(entry => entry.Value is not null)),
        _ => throw new NotSupportedException($"{Tag(node)} at line {node.Start.Line}"),
    };

    private string Substitute(string text, JsonObject own) => Placeholder().Replace(
        text, match => (string?)own[match.Groups["name"].Value] ?? (string)Referred(match.Groups["name"].Value)!);

    private JsonNode? Referred(string name) => name switch
    {
        "AWS::NoValue" => null,
        "AWS::Partition" => "aws",
        "AWS::Region" => Region,
        "AWS::AccountId" => Account,
        "AWS::StackName" => "spotify-etl",
        _ when _parameters.TryGetValue(name, out var value) => value,
        _ => NameOf(name),
    };

    /// <summary>What a reference to a resource gives: its name, or, where AWS makes one up, the word by which the template knows it.</summary>
    private JsonNode? NameOf(string resource)
    {
        var properties = (YamlMappingNode)((YamlMappingNode)((YamlMappingNode)_root["Resources"])[resource])["Properties"];
        foreach (var inner in new[] { "TableInput", "DatabaseInput", "CsvClassifier" })
        {
            properties = Child(properties, inner) as YamlMappingNode ?? properties;
        }

        var name = new[] { "BucketName", "RoleName", "Name" }.Select(key => Child(properties, key)).FirstOrDefault(found => found is not null);
        return name is null ? resource : Resolve(name);
    }

    private bool IsTrue(string condition) => Test(((YamlMappingNode)_root["Conditions"])[condition]);

    private bool Test(YamlNode node) => (Tag(node), node) switch
    {
        ("!Condition", YamlScalarNode scalar) => IsTrue(scalar.Value!),
        ("!Not", YamlSequenceNode parts) => !Test(parts[0]),
        ("!And", YamlSequenceNode parts) => parts.All(Test),
        ("!Equals", YamlSequenceNode parts) => (string?)Resolve(parts[0]) == (string?)Resolve(parts[1]),
        _ => throw new NotSupportedException($"{Tag(node)} at line {node.Start.Line}"),
    };

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9:]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
