namespace Berth.Packaging.Tests.Project;

/// <summary>A schema of the tests' own in the manner of a project's describeSchema.xsd, with its one assertion of XSD 1.1.</summary>
internal static class TestSchema
{
    public const string Text =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.vmware.com/vcops/schema"
            targetNamespace="http://schemas.vmware.com/vcops/schema" elementFormDefault="qualified">
          <xs:element name="AdapterKind">
            <xs:complexType>
              <xs:all>
                <xs:element name="ResourceKinds" type="ResourceKinds"/>
                <xs:element name="CredentialKinds" type="Anything" minOccurs="0"/>
                <xs:element name="UnitDefinitions" type="Anything" minOccurs="0"/>
              </xs:all>
              <xs:attribute name="key" type="xs:string" use="required"/>
              <xs:attribute name="nameKey" type="xs:integer" use="required"/>
              <xs:attribute name="version" type="xs:integer" use="required"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="ResourceKinds">
            <xs:sequence><xs:element name="ResourceKind" type="ResourceKind" maxOccurs="unbounded"/></xs:sequence>
          </xs:complexType>
          <xs:complexType name="ResourceKind">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="ResourceIdentifier" type="Anything"/>
              <xs:element name="ResourceGroup" type="Anything"/>
              <xs:element name="ResourceAttribute" type="ResourceAttribute"/>
            </xs:choice>
            <xs:anyAttribute processContents="skip"/>
          </xs:complexType>
          <xs:complexType name="ResourceAttribute">
            <xs:attribute name="key" type="xs:string" use="required"/>
            <xs:attribute name="nameKey" type="xs:integer" use="required"/>
            <xs:attribute name="dataType">
              <xs:simpleType>
                <xs:restriction base="xs:string">
                  <xs:enumeration value="string"/><xs:enumeration value="integer"/><xs:enumeration value="float"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:attribute>
            <xs:anyAttribute processContents="skip"/>
            <xs:assert test="@isProperty or not(@dataType = 'string')"/>
          </xs:complexType>
          <xs:complexType name="Anything">
            <xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>
            <xs:anyAttribute processContents="skip"/>
          </xs:complexType>
        </xs:schema>
        """;
}
